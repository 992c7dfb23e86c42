using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class CheckoutSettlementTests(Till till) : IClassFixture<Till>
{
    private const string UnderWay = "SELECT count(*) FROM checkout WHERE state IN ('begun', 'returning')";

    [Fact]
    public async Task A_checkout_that_was_cut_off_behind_the_taking_is_found_at_the_next_start_and_given_up()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 3);
        till.Shelves.InsteadOfTaken = Answer.Hangs;
        var paying = customer.PaysAsync();
        await Eventually.HoldsAsync(() => till.Shelves.StockOf(lamp) == 17, "the stock is taken");

        await till.Orders.KillAsync();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => paying);
        till.Shelves.InsteadOfTaken = null;
        await till.OpenAsync();

        await Eventually.HoldsAsync(() => till.Shelves.StockOf(lamp) == 20, "the stock is back");
        await Eventually.HoldsAsync(async () => await till.AskAsync(UnderWay) == "0", "the checkout is over");
        Assert.Equal($"{lamp}x3", await customer.CartAsync());
        Assert.Equal(0, (await customer.SeesAsync("/fragments/order-history")).Count("article.order"));
        Assert.Matches("^/orders/[0-9]+$", (await customer.PaysAsync()).Location);
        Assert.Equal(17, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task A_checkout_that_was_cut_off_behind_the_payment_is_found_at_the_next_start_and_ordered()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        await till.Orders.KillAsync();

        // As it stands on the disk between the payment and the order: no message that a test could hold back comes in between.
        await till.AskAsync($$"""
            INSERT INTO checkout (user_id, key, cart_key, stock_key, state, began_at, address)
            SELECT {{customer.User}}, 'abcdefghijklmnopqrstuv', key, 'stock-of-the-test', 'begun', '2026-01-01T00:00:00Z',
                   '{"Name":"Ines Valdo","Street":"Low Staithe 7","Postcode":"2411","Town":"Pinfold","Country":"Netherlands"}'
            FROM cart JOIN cart_line ON cart_key = key WHERE product_id = {{lamp}};
            INSERT INTO checkout_line VALUES ('stock-of-the-test', 1, {{lamp}}, 'Lamp', 2, 1250);
            INSERT INTO pretended_payment VALUES ('stock-of-the-test', 2500, '2026-01-01T00:00:00Z');
            """);
        await till.OpenAsync();

        await Eventually.HoldsAsync(async () => await till.AskAsync(UnderWay) == "0", "the checkout is over");
        Assert.Equal("", await customer.CartAsync());
        var orders = await customer.SeesAsync("/fragments/order-history");
        Assert.Equal("€25.00", Assert.Single(orders.Page.QuerySelectorAll(".order-total")).TextContent);
    }

    [Fact]
    public async Task A_checkout_that_cannot_be_settled_keeps_no_other_waiting()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        await till.Orders.KillAsync();

        // Both were paid; of the first, which is older, nobody knows any more where it goes. What was ordered more than a month ago is forgotten at once.
        await till.AskAsync($$"""
            INSERT INTO checkout (user_id, key, cart_key, stock_key, state, began_at, address) VALUES
                (999, 'aaaaaaaaaaaaaaaaaaaaaa', 'of-nobody', 'stock-without-address', 'begun', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 days'), '{}');
            INSERT INTO checkout (user_id, key, cart_key, stock_key, state, began_at, address)
            SELECT {{customer.User}}, 'bbbbbbbbbbbbbbbbbbbbbb', key, 'stock-behind-it', 'begun', strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-1 day'),
                   '{"Name":"Ines Valdo","Street":"Low Staithe 7","Postcode":"2411","Town":"Pinfold","Country":"Netherlands"}'
            FROM cart JOIN cart_line ON cart_key = key WHERE product_id = {{lamp}};
            INSERT INTO checkout_line VALUES ('stock-without-address', 1, {{lamp}}, 'Lamp', 1, 1250), ('stock-behind-it', 1, {{lamp}}, 'Lamp', 1, 1250);
            INSERT INTO pretended_payment VALUES ('stock-without-address', 1250, '2026-01-01T00:00:00Z'), ('stock-behind-it', 1250, '2026-01-02T00:00:00Z');
            """);
        await till.OpenAsync();

        await Eventually.HoldsAsync(async () => await till.AskAsync("SELECT state FROM checkout WHERE stock_key = 'stock-behind-it'") == "ordered", "the one behind is ordered");
        Assert.Equal(1, (await customer.SeesAsync("/fragments/order-history")).Count("article.order"));
        Assert.Equal("begun", await till.AskAsync("SELECT state FROM checkout WHERE stock_key = 'stock-without-address'"));
        await till.AskAsync("DELETE FROM checkout WHERE stock_key = 'stock-without-address'");
    }

    [Fact]
    public async Task What_could_not_be_given_back_while_the_shelves_were_away_is_given_back_at_the_next_start()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        till.Shelves.InsteadOfTaken = Answer.Aborts;
        till.Shelves.Service.Answers("/stock/return", Answer.Status(500));

        var reply = await customer.PaysAsync();

        Assert.StartsWith("The shelves cannot be reached just now", reply.Message, StringComparison.Ordinal);
        Assert.Equal(18, till.Shelves.StockOf(lamp));
        var again = await customer.PaysAsync();
        Assert.StartsWith("An earlier payment for this cart is still being settled, so nothing more was ordered.", again.Message, StringComparison.Ordinal);

        till.Shelves.InsteadOfTaken = null;
        till.Shelves.TakeBack();
        await till.OpenAsync();
        await Eventually.HoldsAsync(() => till.Shelves.StockOf(lamp) == 20, "the stock is back");
        await Eventually.HoldsAsync(async () => await till.AskAsync(UnderWay) == "0", "the checkout is over");
        Assert.Matches("^/orders/[0-9]+$", (await customer.PaysAsync()).Location);
    }

    [Fact]
    public async Task A_service_of_the_version_before_hands_over_its_orders()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("orders.db");
        await MakeVersionOneAsync(file);
        await using var orders = await ShopServices.StartAsync("orders", file);

        var history = await FragmentAnswer.OfAsync(orders, "/fragments/order-history", IdentityToken.For("orders", "5"));

        Assert.Equal("SO-10012", history.Text("article.order h2"));
        Assert.Equal("€20.00", history.Text(".order-total"));
        var order = await FragmentAnswer.OfAsync(orders, "/fragments/order-summary?orderId=12", IdentityToken.For("orders", "5"));
        Assert.Equal(("Order SO-10012", 0), (order.Text("h1"), order.Count("address")));
    }

    private static async Task MakeVersionOneAsync(string file)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE purchase (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, placed_on TEXT NOT NULL, status TEXT NOT NULL) STRICT;
            CREATE TABLE line (purchase_id INTEGER NOT NULL REFERENCES purchase (id), position INTEGER NOT NULL, product_id INTEGER NOT NULL, product_name TEXT NOT NULL,
                               quantity INTEGER NOT NULL, price_cents INTEGER NOT NULL, PRIMARY KEY (purchase_id, position)) STRICT, WITHOUT ROWID;
            INSERT INTO purchase VALUES (12, 5, '2026-02-03', 'packed');
            INSERT INTO line VALUES (12, 1, 7, 'Lamp', 2, 1000);
            PRAGMA user_version = 1;
            """;
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
