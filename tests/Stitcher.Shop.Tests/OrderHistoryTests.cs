using System.Globalization;
using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class OrderHistoryTests(ShopServices shop)
{
    [Fact]
    public async Task The_signed_in_users_orders_are_shown_newest_first()
    {
        var answer = await AskAsync("");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(7, answer.Count("article.order"));
        var days = answer.Page.QuerySelectorAll("time").Select(time => time.GetAttribute("datetime")).ToArray();
        Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);
        Assert.Equal(answer.Html, (await AskAsync("?userId=1")).Html);
    }

    [Fact]
    public async Task A_total_is_the_sum_of_its_lines()
    {
        var answer = await AskAsync("?userId=1");

        foreach (var order in answer.Page.QuerySelectorAll("article.order"))
        {
            var sums = order.QuerySelectorAll("tbody td:last-child").Select(cell => Cents(cell.TextContent));
            Assert.Equal(Cents(order.QuerySelector(".order-total")!.TextContent), sums.Sum());
        }
    }

    [Fact]
    public async Task An_old_order_keeps_the_price_of_its_day()
    {
        var card = await FragmentAnswer.OfAsync(shop["products"], "/fragments/product-card?id=13");
        var orders = await AskAsync("?userId=1");

        var line = orders.Page.QuerySelectorAll("tbody tr").Single(row => row.QuerySelector("a")!.GetAttribute("href") == "/products/13");
        Assert.Equal(card.Text("h1"), line.QuerySelector("a")!.TextContent);
        Assert.Equal("€98.00", card.Text(".detail-price"));
        Assert.Equal("€94.00", line.QuerySelectorAll("td")[1].TextContent);
    }

    [Fact]
    public async Task What_was_ordered_is_what_the_products_are_called()
    {
        var names = (await FragmentAnswer.OfAsync(shop["products"], "/fragments/product-catalog?maxItems=100")).Page
            .QuerySelectorAll(".product-link").ToDictionary(link => link.GetAttribute("href")!, link => link.TextContent);

        for (var user = 1; user <= 10; user++)
        {
            Assert.All(
                (await AskAsync($"?userId={user}&limit=100", role: "admin")).Page.QuerySelectorAll("tbody a"),
                link => Assert.Equal(names[link.GetAttribute("href")!], link.TextContent));
        }
    }

    [Fact]
    public async Task A_short_note_shows_the_last_order_only()
    {
        var answer = await AskAsync("?limit=1&compact=true");

        Assert.Equal(1, answer.Count("article.order-note"));
        Assert.Equal("Moonrise globe and Beeswax pair", answer.Text(".order-things"));
        Assert.Equal("Packed", answer.Text("[aria-current=step]"));
        Assert.Equal(0, answer.Count("table"));
    }

    [Fact]
    public async Task Somebody_without_orders_is_invited()
    {
        var answer = await AskAsync("", "4711");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.StartsWith("Nothing ordered so far.", answer.Text(".order-none"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=1000")]
    [InlineData("?userId=me")]
    [InlineData("?userId=0")]
    [InlineData("?userId=-1")]
    [InlineData("?compact=NaN")]
    [InlineData("?status=lost")]
    public async Task A_slot_that_asks_for_nonsense_is_told_so(string query)
    {
        Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(query)).Status);
    }

    [Fact]
    public async Task Nobody_may_keep_orders()
    {
        Assert.Equal("private, no-store", (await AskAsync("")).CacheControl);
    }

    private static int Cents(string price) => (int)(decimal.Parse(price[1..], CultureInfo.InvariantCulture) * 100);

    [Fact]
    public async Task Nobody_who_is_not_signed_in_sees_orders()
    {
        var answer = await FragmentAnswer.OfAsync(shop["orders"], "/fragments/order-history");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("/sign-in?return=/orders", answer.Page.QuerySelector(".order-none a")!.GetAttribute("href"));
        Assert.Equal(0, answer.Count("article"));
    }

    [Fact]
    public async Task Only_an_admin_may_name_another_user()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await AskAsync("?userId=7")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await FragmentAnswer.OfAsync(shop["orders"], "/fragments/order-history?userId=7")).Status);
        Assert.NotEqual(0, (await AskAsync("?userId=7", role: "admin")).Count("article.order"));
    }

    [Theory]
    [InlineData("delivered", "Delivered")]
    [InlineData("packed", "Packed")]
    public async Task A_status_shows_only_the_orders_that_have_come_so_far(string status, string step)
    {
        var answer = await AskAsync($"?status={status}");

        Assert.NotEqual(0, answer.Count("article.order"));
        Assert.All(answer.Page.QuerySelectorAll("article.order"), order => Assert.Equal(step, order.QuerySelector("[aria-current=step]")!.TextContent));
    }

    [Fact]
    public async Task Sums_and_days_are_written_as_the_reader_likes_it()
    {
        var answer = await FragmentAnswer.OfAsync(shop["orders"], "/fragments/order-history?limit=1", IdentityToken.For("orders", "1", locale: "de"));

        Assert.Matches(@"^[0-9.]+,[0-9]{2}\u00a0€$", answer.Text(".order-total"));
    }

    private Task<FragmentAnswer> AskAsync(string query, string user = "1", string role = "") =>
        FragmentAnswer.OfAsync(shop["orders"], "/fragments/order-history" + query, IdentityToken.For("orders", user, role));
}
