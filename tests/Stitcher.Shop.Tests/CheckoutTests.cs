using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class CheckoutTests(Till till) : IClassFixture<Till>
{
    [Fact]
    public async Task What_is_in_the_cart_becomes_an_order_with_its_address_and_the_cart_is_empty()
    {
        var (lamp, pan) = (till.Thing("Lamp", 1250), till.Thing("Pan", 9800));
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        await customer.PutsAsync(pan);

        var reply = await customer.PaysAsync();

        Assert.Equal(HttpStatusCode.SeeOther, reply.Status);
        Assert.Matches("^/orders/[0-9]+$", reply.Location);
        var order = await customer.SeesAsync(OrderAt(reply));
        Assert.StartsWith("Thank you, it is ordered.", order.Text(".summary-news"), StringComparison.Ordinal);
        Assert.Equal("€123.00", order.Text("tfoot td:last-child"));
        Assert.Equal("Ines ValdoLow Staithe 72411 AB PinfoldNetherlands", order.Text("address"));
        Assert.Equal("Placed", order.Text("[aria-current=step]"));
        Assert.Equal("", await customer.CartAsync());
        Assert.Equal((18, 19), (till.Shelves.StockOf(lamp), till.Shelves.StockOf(pan)));
        Assert.Equal(1, (await customer.SeesAsync("/fragments/order-history")).Count("article.order"));
    }

    [Fact]
    public async Task Twenty_clicks_on_one_button_order_once_and_all_lead_to_that_order()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        var form = await customer.FillsAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => customer.SendsAsync("/checkout", form)));

        Assert.All(replies, reply => Assert.Equal((HttpStatusCode.SeeOther, replies[0].Location), (reply.Status, reply.Location)));
        Assert.Equal(18, till.Shelves.StockOf(lamp));
        Assert.Equal(1, (await customer.SeesAsync("/fragments/order-history")).Count("article.order"));
        Assert.Equal(replies[0].Location, (await customer.SendsAsync("/checkout", form)).Location);
    }

    [Fact]
    public async Task A_form_that_was_ordered_leads_to_its_order_even_when_the_browser_has_forgotten_the_cart()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());
        var form = await customer.FillsAsync();
        var first = await customer.SendsAsync("/checkout", form);
        customer.Cart = null;

        var again = await customer.SendsAsync("/checkout", form);

        Assert.Equal((HttpStatusCode.SeeOther, first.Location), (again.Status, again.Location));
    }

    [Fact]
    public async Task Two_windows_with_one_cart_order_once_and_the_second_says_so()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        var (first, second) = (await customer.FillsAsync(), await customer.FillsAsync());

        var replies = await Task.WhenAll(customer.SendsAsync("/checkout", first), customer.SendsAsync("/checkout", second));

        var late = Assert.Single(replies, reply => reply.Location!.EndsWith("?again=true", StringComparison.Ordinal));
        Assert.Equal(late.Location, Assert.Single(replies, reply => reply != late).Location + "?again=true");
        Assert.Equal(18, till.Shelves.StockOf(lamp));
        Assert.StartsWith("You had sent this before. It was ordered once", (await customer.SeesAsync(OrderAt(late) + "&again=true")).Text(".summary-news"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_declined_card_orders_nothing_gives_the_stock_back_and_another_card_may_follow()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 3);
        var form = await customer.FillsAsync(("card-number", "4000 0000 0000 0002"));

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("Pretend Pay declined the card. Nothing was ordered and nothing was paid; please use another card.", reply.Message);
        Assert.Equal("Low Staithe 7", reply.Answer.Page.QuerySelector("[name=street]")!.GetAttribute("value"));
        Assert.Equal(20, till.Shelves.StockOf(lamp));
        Assert.Equal($"{lamp}x3", await customer.CartAsync());
        Assert.Equal(0, (await customer.SeesAsync("/fragments/order-history")).Count("article.order"));

        // Also from the form as it was, by the browser's way back.
        Assert.Matches("^/orders/[0-9]+$", (await customer.SendsAsync("/checkout", Customer.With(form, ("card-number", "4242424242424242")))).Location);
        Assert.Equal(17, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task What_is_gone_is_named_and_the_cart_takes_what_is_left_when_asked_to()
    {
        var (lamp, pan, rug) = (till.Thing("Lamp"), till.Thing("Pan"), till.Thing("Rug"));
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 3);
        await customer.PutsAsync(pan, 2);
        await customer.PutsAsync(rug);
        var form = await customer.FillsAsync();
        till.Shelves.Put(lamp, "Lamp", 1250, 1);
        till.Shelves.Drop(pan);

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.StartsWith("Somebody was quicker, so nothing was ordered and nothing was paid.", reply.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["Lamp: there is 1 left, you wanted 3.", "Pan is sold out."],
            reply.Answer.Page.QuerySelectorAll(".form-message li").Select(item => item.TextContent));
        Assert.Equal($"{lamp}x3 {pan}x2 {rug}x1", await customer.CartAsync());
        Assert.Equal(20, till.Shelves.StockOf(rug));

        Assert.Equal("/checkout", (await customer.SendsAsync("/cart", Customer.Hidden(reply.Answer, ".payment-adjust"))).Location);
        Assert.Equal($"{lamp}x1 {rug}x1", await customer.CartAsync());
        Assert.Matches("^/orders/[0-9]+$", (await customer.PaysAsync()).Location);
    }

    [Fact]
    public async Task What_goes_between_the_look_and_the_taking_is_named_as_well()
    {
        var lamp = till.Thing("Lamp");
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 3);
        till.Shelves.BeforeTaking = () => till.Shelves.Put(lamp, "Lamp", 1250, 2);

        var reply = await customer.PaysAsync();
        till.Shelves.BeforeTaking = static () => { };

        Assert.Equal(["Lamp: there are 2 left, you wanted 3."], reply.Answer.Page.QuerySelectorAll(".form-message li").Select(item => item.TextContent));
        Assert.Equal((2, $"{lamp}x3"), (till.Shelves.StockOf(lamp), await customer.CartAsync()));
    }

    [Fact]
    public async Task Of_two_who_want_the_last_one_one_gets_it_and_the_other_is_told()
    {
        var lamp = till.Thing("Lamp", stock: 1);
        Customer[] customers = [till.Customer(), till.Customer(), till.Customer(), till.Customer()];
        await Task.WhenAll(customers.Select(customer => customer.PutsAsync(lamp)));

        var replies = await Task.WhenAll(customers.Select(customer => customer.PaysAsync()));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.SeeOther);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.SeeOther), reply => Assert.Contains("Lamp is sold out.", reply.Message, StringComparison.Ordinal));
        Assert.Equal(0, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task Another_price_is_told_and_paid_only_when_the_form_is_sent_again()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        var form = await customer.FillsAsync();
        till.Shelves.Put(lamp, "Lamp", 1500, 20);

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.StartsWith("Prices have changed meanwhile, so nothing was ordered yet. The sum is €30.00 now", reply.Message, StringComparison.Ordinal);
        Assert.Equal(["Lamp costs €15.00, it was €12.50."], reply.Answer.Page.QuerySelectorAll(".form-message li").Select(item => item.TextContent));
        Assert.Equal("Pay €30.00", reply.Answer.Text(".payment-pay"));
        Assert.Equal("€30.00", (await customer.SeesAsync("/fragments/order-summary?readonly=true")).Text(".summary-sum"));
        Assert.Equal(20, till.Shelves.StockOf(lamp));

        var again = await customer.SendsAsync("/checkout", Customer.With(Customer.With(form, [.. Customer.Hidden(reply.Answer, ".payment-fields").Select(field => (field.Key, field.Value))])));
        Assert.Equal("€30.00", (await customer.SeesAsync(OrderAt(again))).Text("tfoot td:last-child"));
    }

    [Fact]
    public async Task A_price_that_somebody_makes_up_is_not_paid()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();
        await customer.PutsAsync(lamp);

        var reply = await customer.PaysAsync(("seen", $"{lamp}-1-1"));

        Assert.Equal(["Lamp costs €12.50, it was €0.01."], reply.Answer.Page.QuerySelectorAll(".form-message li").Select(item => item.TextContent));
        Assert.Equal(20, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task A_cart_that_is_not_what_the_form_had_shown_is_not_ordered_unasked()
    {
        var (lamp, pan) = (till.Thing("Lamp", 1250), till.Thing("Pan", 2000));
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        var form = await customer.FillsAsync();
        await customer.PutsAsync(pan);

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.StartsWith("Your cart is not what this form had shown, so nothing was ordered yet. It costs €32.50 now", reply.Message, StringComparison.Ordinal);
        Assert.Equal(20, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task What_is_put_in_while_an_order_is_made_stays_in_the_cart()
    {
        var (lamp, pan) = (till.Thing(), till.Thing());
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        using var taken = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        till.Shelves.BeforeTaking = () =>
        {
            taken.Set();
            go.Wait(TestContext.Current.CancellationToken);
        };

        var paying = customer.PaysAsync();
        await Eventually.HoldsAsync(() => taken.IsSet, "the stock is being taken");
        await customer.PutsAsync(lamp, 3);
        await customer.PutsAsync(pan);
        till.Shelves.BeforeTaking = static () => { };
        go.Set();

        Assert.Equal(HttpStatusCode.SeeOther, (await paying).Status);
        Assert.Equal($"{lamp}x3 {pan}x1", await customer.CartAsync());
        Assert.Equal(18, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task While_the_shelves_are_away_nothing_is_ordered_and_nothing_is_lost()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        var form = await customer.FillsAsync();
        await till.Shelves.Service.StopAsync();

        var reply = await customer.SendsAsync("/checkout", form);
        await till.Shelves.Service.StartAgainAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.StartsWith("The shelves cannot be reached just now, so nothing was ordered and nothing was paid.", reply.Message, StringComparison.Ordinal);
        Assert.Equal("Low Staithe 7", reply.Answer.Page.QuerySelector("[name=street]")!.GetAttribute("value"));
        Assert.Equal($"{lamp}x1", await customer.CartAsync());
        Assert.Matches("^/orders/[0-9]+$", (await customer.SendsAsync("/checkout", form)).Location);
    }

    [Fact]
    public async Task Stock_whose_taking_nobody_confirmed_goes_back_and_nothing_is_ordered()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        till.Shelves.InsteadOfTaken = Answer.Aborts;

        var reply = await customer.PaysAsync();
        till.Shelves.InsteadOfTaken = null;

        Assert.StartsWith("The shelves cannot be reached just now", reply.Message, StringComparison.Ordinal);
        Assert.Equal((20, $"{lamp}x2"), (till.Shelves.StockOf(lamp), await customer.CartAsync()));
        Assert.Equal("0", await till.AskAsync("SELECT count(*) FROM checkout WHERE state IN ('begun', 'returning')"));
    }

    [Fact]
    public async Task An_order_is_its_owners_and_an_admins_alone()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());
        var order = OrderAt(await customer.PaysAsync());

        var stranger = await till.Customer().SeesAsync(order);

        Assert.Equal((HttpStatusCode.NotFound, "No such order."), (stranger.Status, stranger.Text("h1")));
        Assert.Equal(stranger.Html, (await till.Customer().SeesAsync("/fragments/order-summary?orderId=999999")).Html);
        Assert.Equal(HttpStatusCode.SeeOther, (await till.Customer(isSignedIn: false).SeesAsync(order)).Status);
        Assert.Equal(HttpStatusCode.OK, (await new Customer(till, "1") { Role = "admin" }.SeesAsync(order)).Status);
    }

    [Fact]
    public async Task Nothing_of_a_card_is_kept_written_down_or_sent_back()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());
        var declined = await customer.PaysAsync(("card-number", "4000 0000 0000 0002"), ("card-cvc", "9173"), ("card-name", "SECRETA HOLDER"), ("card-expiry", "11/47"));
        var script = await customer.SendsAsync("/checkout", await customer.FillsAsync(("card-name", "SECRETA HOLDER"), ("card-cvc", "9173x")), isScript: true);
        var paid = await customer.PaysAsync(("card-name", "SECRETA HOLDER"), ("card-cvc", "9173"), ("card-expiry", "11/47"));

        var order = await customer.SeesAsync(OrderAt(paid));
        foreach (var place in (string[])[till.Disk(), till.Orders.Output, order.Html, script.Answer.Html, declined.Answer.Html.Replace("4000 0000 0000 0002", "", StringComparison.Ordinal).Replace("4242 4242 4242 4242", "", StringComparison.Ordinal)])
        {
            Assert.All((string[])["4242424242424242", "4242 4242", "4000000000000002", "4000 0000", "SECRETA", "9173", "11/47"], secret => Assert.DoesNotContain(secret, place, StringComparison.Ordinal));
        }

        Assert.DoesNotContain("Low Staithe", till.Orders.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_elses_key_is_nobodys_affair()
    {
        var lamp = till.Thing();
        var (customer, other) = (till.Customer(), till.Customer());
        await customer.PutsAsync(lamp);
        await other.PutsAsync(lamp);
        var form = await customer.FillsAsync();
        var first = await customer.SendsAsync("/checkout", form);

        var second = await other.PaysAsync(("key", form["key"]));

        Assert.Matches("^/orders/[0-9]+$", second.Location);
        Assert.NotEqual(first.Location, second.Location);
        Assert.Equal(18, till.Shelves.StockOf(lamp));
    }

    private static string OrderAt(FormReply reply) => $"/fragments/order-summary?orderId={reply.Location!.Split('/', '?')[2]}";
}
