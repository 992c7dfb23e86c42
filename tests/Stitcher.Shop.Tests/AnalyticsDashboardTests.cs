using System.Globalization;
using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class AnalyticsDashboardTests(ShopServices shop)
{
    [Theory]
    [InlineData("", 30)]
    [InlineData("?range=7d", 7)]
    [InlineData("?range=30d", 30)]
    [InlineData("?range=90d", 90)]
    [InlineData("?timeRange=90d", 90)]
    [InlineData("?range=forever", 30)]
    public async Task A_range_shows_each_of_its_days_up_to_today_and_none_is_empty(string query, int days)
    {
        var answer = await AskAsync(query);

        var shown = answer.Page.QuerySelectorAll(".board-table tbody tr");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(days, shown.Length);
        Assert.Equal(days, answer.Count(".chart-bar"));
        Assert.All(shown, row => Assert.InRange(int.Parse(row.QuerySelector("td")!.TextContent, CultureInfo.InvariantCulture), 1, 1000));

        // Midnight may pass between the two clocks' readings.
        var last = DateOnly.Parse(shown[0].QuerySelector("time")!.GetAttribute("datetime")!, CultureInfo.InvariantCulture);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        Assert.InRange(last, today.AddDays(-1), today);
        Assert.Equal(days, 1 + last.DayNumber - DateOnly.Parse(shown[^1].QuerySelector("time")!.GetAttribute("datetime")!, CultureInfo.InvariantCulture).DayNumber);
    }

    [Fact]
    public async Task The_total_is_the_sum_of_the_days()
    {
        var answer = await AskAsync("?range=90d");

        var days = answer.Page.QuerySelectorAll(".board-table tbody td").Sum(cell => int.Parse(cell.TextContent, CultureInfo.InvariantCulture));
        Assert.Equal(days.ToString("N0", CultureInfo.InvariantCulture), answer.Text(".board-figures dd"));
        Assert.Contains("than in the 90 days before", answer.Text(".board-change"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_products_most_looked_at_come_first_and_are_the_shops_own()
    {
        var names = (await FragmentAnswer.OfAsync(shop["products"], "/fragments/product-catalog?maxItems=100")).Page
            .QuerySelectorAll(".product-link").ToDictionary(link => link.GetAttribute("href")!, link => link.TextContent);
        var answer = await AskAsync("");

        var top = answer.Page.QuerySelectorAll(".board-top a");
        Assert.Equal(10, top.Length);
        Assert.All(top, link => Assert.Equal(names[link.GetAttribute("href")!], link.TextContent));
        var views = answer.Page.QuerySelectorAll(".board-views").Select(number => int.Parse(number.TextContent, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(views.OrderDescending(), views);
    }

    [Fact]
    public async Task One_users_figures_are_a_part_of_everybodys_and_are_not_kept()
    {
        var everybody = await AskAsync("");
        var one = await AskAsync("?userId=1");

        Assert.InRange(Visits(one), 1, Visits(everybody) - 1);
        Assert.Equal("no-store", one.CacheControl);
        Assert.Equal("public, max-age=60, stale-while-revalidate=60", everybody.CacheControl);
    }

    [Fact]
    public async Task Somebody_who_never_came_has_a_board_without_visits()
    {
        var answer = await AskAsync("?userId=4711");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, Visits(answer));
        Assert.Equal(0, answer.Count(".board-top li"));
    }

    [Fact]
    public async Task A_short_note_shows_the_week_and_three_products()
    {
        var answer = await AskAsync("?range=7d&compact=true");

        Assert.Equal("This week", answer.Text("h2"));
        Assert.Equal(3, answer.Count(".board-top li"));
        Assert.Equal(1, answer.Count("svg.spark"));
        Assert.Equal(0, answer.Count("table"));
    }

    private static int Visits(FragmentAnswer answer) =>
        int.Parse(answer.Text(".board-figures dd"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private Task<FragmentAnswer> AskAsync(string query) => FragmentAnswer.OfAsync(shop["analytics"], "/fragments/analytics-dashboard" + query);
}
