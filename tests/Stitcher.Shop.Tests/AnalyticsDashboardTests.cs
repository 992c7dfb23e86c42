using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
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
    [InlineData("?range=&timeRange=&theme=&locale=", 30)]
    [InlineData("?range=&timeRange=7d", 7)]
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

        var totals = answer.Page.QuerySelectorAll(".board-figures dt + dd").Select(number => number.TextContent);
        Assert.Equal(Enumerable.Range(2, 5).Select(column => Sum(answer, column).ToString("N0", CultureInfo.InvariantCulture)), totals);
        Assert.Contains("than in the 90 days before", answer.Text(".board-change"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_way_from_the_door_to_the_till_gets_narrower_step_by_step()
    {
        var answer = await AskAsync("?range=90d");

        var steps = answer.Page.QuerySelectorAll(".funnel-number").Select(number => int.Parse(number.FirstChild!.TextContent, NumberStyles.AllowThousands | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(4, steps.Length);
        Assert.Equal(Visits(answer), steps[0]);
        Assert.Equal(steps.OrderDescending(), steps);
        Assert.InRange(steps[3], 1, steps[0] / 10);
    }

    [Theory]
    [InlineData("?range=forever")]
    [InlineData("?timeRange=8d")]
    [InlineData("?theme=sepia")]
    [InlineData("?locale=tlh")]
    [InlineData("?userId=0")]
    [InlineData("?userId=me")]
    [InlineData("?compact=perhaps")]
    public async Task A_parameter_out_of_range_is_a_clear_400(string query)
    {
        var answer = await AskAsync(query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(query[1..].Split('=')[0], answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_written_as_the_reader_does()
    {
        var (english, german) = (await AskAsync("?range=90d"), await AskAsync("?range=90d&locale=de"));

        Assert.Matches("^[0-9],[0-9]{3}$", english.Text(".board-figures dd"));
        Assert.Equal(english.Text(".board-figures dd").Replace(',', '.'), german.Text(".board-figures dd"));
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

    [Theory]
    [InlineData("7", "", "7")]
    [InlineData("2", "admin", "7")]
    public async Task One_users_figures_are_for_that_user_and_for_an_administrator_and_are_not_kept(string asks, string role, string about)
    {
        var everybody = await AskAsync("");
        var one = await AskAsync($"?userId={about}", IdentityToken.For("analytics", asks, role));

        Assert.InRange(Visits(one), 1, Visits(everybody) - 1);
        Assert.Equal("no-store", one.CacheControl);
        Assert.Equal("public, max-age=5, stale-while-revalidate=60, stale-if-error=3600", everybody.CacheControl);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2")]
    public async Task Nobody_else_sees_one_users_figures(string? asks)
    {
        var answer = await AskAsync("?userId=1", asks is null ? null : IdentityToken.For("analytics", asks, ""));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal("no-store", answer.CacheControl);
        Assert.Equal(0, answer.Count(".board-figures"));
        Assert.Equal("These figures are somebody else's.", answer.Text("h2"));
    }

    [Fact]
    public async Task Somebody_who_never_came_has_a_board_without_visits()
    {
        var answer = await AskAsync("?userId=4711", IdentityToken.For("analytics", "4711", ""));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(0, Visits(answer));
        Assert.Equal("Nothing was looked at in this time.", answer.Text(".board-none"));
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

    [Fact]
    public async Task A_service_of_the_version_before_hands_over_what_it_had_counted()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("analytics.db");
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE visit (id INTEGER PRIMARY KEY, day TEXT NOT NULL, visitor INTEGER NOT NULL, user_id INTEGER, path TEXT NOT NULL, title TEXT NOT NULL,
                                    product_id INTEGER) STRICT;
                CREATE INDEX visit_by_day ON visit (day, visitor, product_id, title, path);
                CREATE INDEX visit_by_user ON visit (user_id, day) WHERE user_id IS NOT NULL;
                INSERT INTO visit VALUES (1, date('now'), 1, 4711, '/products/7', 'Lamp <of> the “coast”', 7), (2, date('now'), 1, 4711, '/cart', 'Cart', NULL),
                                         (3, date('now'), 2, NULL, '/', 'Start', NULL);
                PRAGMA user_version = 1;
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var analytics = await ShopServices.StartAsync("analytics", file);
        var board = await FragmentAnswer.OfAsync(analytics, "/fragments/analytics-dashboard?range=7d&userId=4711", IdentityToken.For("analytics", "4711", ""));

        Assert.Equal(["1", "2", "1"], board.Page.QuerySelectorAll(".board-figures dt + dd").Take(3).Select(figure => figure.TextContent));
        Assert.Equal("Lamp <of> the “coast”", board.Text(".board-top a"));
    }

    private static int Visits(FragmentAnswer answer) =>
        int.Parse(answer.Text(".board-figures dd"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    private static int Sum(FragmentAnswer answer, int column) =>
        answer.Page.QuerySelectorAll($".board-table tbody > tr > :nth-child({column})").Sum(cell => int.Parse(cell.TextContent, CultureInfo.InvariantCulture));

    private Task<FragmentAnswer> AskAsync(string query, string? identity = null) =>
        FragmentAnswer.OfAsync(shop["analytics"], "/fragments/analytics-dashboard" + query, identity);
}
