using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class CartTests(Till till) : IClassFixture<Till>
{
    [Fact]
    public async Task What_is_put_into_a_cart_is_in_it_and_in_its_sum()
    {
        var (lamp, throw_) = (till.Thing("Tide <lamp>", 1250), till.Thing("Throw", 9900));
        var customer = till.Customer(isSignedIn: false);

        await customer.PutsAsync(lamp, 2);
        await customer.PutsAsync(throw_);
        await customer.PutsAsync(lamp);

        Assert.Equal($"{lamp}x3 {throw_}x1", await customer.CartAsync());
        var cart = await customer.SeesCartAsync();
        Assert.Equal("€136.50", cart.Text(".summary-sum"));
        Assert.Equal("Tide <lamp>", cart.Page.QuerySelector(".summary-name a")!.TextContent);
        Assert.Equal("private, no-store", cart.CacheControl);
        Assert.Equal("4", (await customer.SeesAsync("/fragments/cart-badge")).Text(".cart-number"));
        Assert.Equal("4 pieces in your cart", (await customer.SeesAsync("/fragments/order-summary?compact=true")).Text(".summary-short a"));
        var read = await customer.SeesAsync("/fragments/order-summary?readonly=true");
        Assert.Equal((2, 0), (read.Count("tbody tr"), read.Count("input, button")));
    }

    [Fact]
    public async Task The_head_of_the_page_tells_everybody_what_is_in_the_cart()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);

        var topics = (await customer.SeesAsync("/fragments/cart-badge")).Page.QuerySelector(".cart-badge")!.GetAttribute("data-topics");

        Assert.Equal($$"""{"shoppingCart":[{"id":{{lamp}},"name":"Lamp","quantity":2,"cents":1250}]}""", topics);
    }

    [Fact]
    public async Task A_cart_is_known_by_a_cookie_that_scripts_and_other_sites_do_not_get()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());

        var parts = customer.SetCookie!.Split("; ");
        Assert.Matches("^cart=[A-Za-z0-9_-]{32}$", parts[0]);
        Assert.Equal(["httponly", "max-age=2592000", "path=/", "samesite=lax"], parts[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_only_looks_gets_no_cookie()
    {
        var customer = till.Customer();

        await customer.SeesCartAsync();
        await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = "999999" });

        Assert.Null(customer.SetCookie);
    }

    [Fact]
    public async Task A_cart_stays_when_its_owner_signs_in_and_out()
    {
        var lamp = till.Thing();
        var customer = till.Customer(isSignedIn: false);
        await customer.PutsAsync(lamp);

        customer.User = "31";
        Assert.Equal($"{lamp}x1", await customer.CartAsync());
        customer.User = null;
        Assert.Equal($"{lamp}x1", await customer.CartAsync());
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("' OR 1=1 --")]
    [InlineData("x")]
    [InlineData("%00")]
    public async Task An_id_that_the_shop_did_not_give_out_is_nobodys_cart(string id)
    {
        await till.Customer().PutsAsync(till.Thing());
        var stranger = till.Customer();
        stranger.Cart = id;
        Assert.Equal("", await stranger.CartAsync());

        await stranger.PutsAsync(till.Thing());

        // Somebody may have planted the id: whoever else knows it must not share the cart.
        Assert.NotEqual(id, stranger.Cart);
        stranger.Cart = id;
        Assert.Equal("", await stranger.CartAsync());
    }

    [Fact]
    public async Task The_database_does_not_hold_what_opens_a_cart()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());

        Assert.DoesNotContain(customer.Cart!, till.Disk(), StringComparison.Ordinal);
        Assert.DoesNotContain(customer.Cart!, till.Orders.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("99999999999")]
    public async Task A_number_of_pieces_that_cannot_be_is_said_beside_it_and_the_rest_is_kept(string pieces)
    {
        var (lamp, pan) = (till.Thing("Lamp"), till.Thing("Pan"));
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        await customer.PutsAsync(pan, 3);

        var reply = await customer.ChangesAsync(($"quantity-{lamp}", pieces), ($"quantity-{pan}", "7"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("Between 1 and 99 pieces, please.", reply.ErrorAt($"quantity-{lamp}"));
        Assert.Equal("", reply.ErrorAt($"quantity-{pan}"));
        var field = reply.Answer.Page.QuerySelector($"[name=quantity-{lamp}]")!;
        Assert.Equal("true", field.GetAttribute("aria-invalid"));
        Assert.Equal(field.GetAttribute("aria-describedby"), reply.Answer.Page.QuerySelector($"[data-error-for=quantity-{lamp}]")!.Id);
        Assert.Equal("7", reply.Answer.Page.QuerySelector($"[name=quantity-{pan}]")!.GetAttribute("value"));
        Assert.Equal($"{lamp}x2 {pan}x3", await customer.CartAsync());
    }

    [Fact]
    public async Task More_pieces_than_there_are_is_said_beside_them_and_what_ran_short_meanwhile_hinders_nothing_else()
    {
        var (lamp, pan) = (till.Thing("Lamp", stock: 5), till.Thing("Pan", stock: 9));
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);
        await customer.PutsAsync(pan, 4);

        var reply = await customer.ChangesAsync(($"quantity-{lamp}", "6"), ($"quantity-{pan}", "7"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("There are only 5 left.", reply.ErrorAt($"quantity-{lamp}"));
        Assert.Equal(("6", "7"), (Typed(reply, lamp), Typed(reply, pan)));
        Assert.Equal($"{lamp}x2 {pan}x4", await customer.CartAsync());

        till.Shelves.Put(pan, "Pan", 1250, 1);
        await customer.ChangesAsync(($"quantity-{lamp}", "5"));
        Assert.Equal($"{lamp}x5 {pan}x4", await customer.CartAsync());
        Assert.Equal("There is only 1 left.", (await customer.ChangesAsync(($"quantity-{pan}", "5"))).ErrorAt($"quantity-{pan}"));
        till.Shelves.Drop(pan);
        Assert.Equal("This is sold out.", (await customer.ChangesAsync(($"quantity-{pan}", "5"))).ErrorAt($"quantity-{pan}"));

        static string? Typed(FormReply reply, int thing) => reply.Answer.Page.QuerySelector($"[name=quantity-{thing}]")!.GetAttribute("value");
    }

    [Fact]
    public async Task Pieces_are_changed_things_are_removed_and_all_is_cleared()
    {
        var (lamp, pan) = (till.Thing(stock: 99), till.Thing());
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        await customer.PutsAsync(pan);

        Assert.Equal("/cart", (await customer.ChangesAsync(($"quantity-{lamp}", "99"), ($"quantity-{pan}", "2"))).Location);
        Assert.Equal($"{lamp}x99 {pan}x2", await customer.CartAsync());
        await customer.ChangesAsync(("remove", $"{lamp}"), ($"quantity-{pan}", "5"));
        Assert.Equal($"{pan}x2", await customer.CartAsync());
        await customer.ChangesAsync(("clear", "true"));
        Assert.Equal("", await customer.CartAsync());
        Assert.Equal("Your cart is empty.", (await customer.SeesCartAsync()).Text("h2"));
    }

    [Fact]
    public async Task A_script_is_told_what_became_of_the_cart()
    {
        var lamp = till.Thing("Lamp", 1250);
        var customer = till.Customer();

        var added = await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{lamp}", ["quantity"] = "2" }, isScript: true);
        var wrong = await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{lamp}", ["quantity"] = "0" }, isScript: true);

        Assert.Equal(
            $$$$"""{"ok":true,"location":"/cart","topics":{"shoppingCart":[{"id":{{{{lamp}}}},"name":"Lamp","quantity":2,"cents":1250}],"cart:item-added":{"id":{{{{lamp}}}},"name":"Lamp","quantity":2}}}""",
            added.Answer.Html);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, false), (wrong.Status, wrong.Json.GetProperty("ok").GetBoolean()));
        Assert.StartsWith("Between 1 and 99 pieces", wrong.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_there_are_is_not_put_in()
    {
        var lamp = till.Thing("Lamp", stock: 3);
        var customer = till.Customer();
        await customer.PutsAsync(lamp, 2);

        var reply = await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{lamp}", ["quantity"] = "2" });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("There are only 3 of Lamp left, and your cart has 2. Nothing more was put in.", reply.Message);
        Assert.Equal($"{lamp}x2", await customer.CartAsync());
    }

    [Fact]
    public async Task What_is_sold_out_or_never_was_is_not_put_in()
    {
        var customer = till.Customer();

        Assert.Equal("Lamp is sold out. Nothing was put in.", (await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{till.Thing("Lamp", stock: 0)}" })).Message);
        Assert.StartsWith("There is no such thing", (await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = "888888" })).Message, StringComparison.Ordinal);
        Assert.StartsWith("The cart could not make out", (await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = "7; DROP TABLE cart" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_shelves_are_away_nothing_is_put_in_and_nothing_is_lost()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        await till.Shelves.Service.StopAsync();

        var reply = await customer.SendsAsync("/cart", new Dictionary<string, string> { ["id"] = $"{lamp}" });
        var changed = await customer.ChangesAsync(($"quantity-{lamp}", "4"));
        await till.Shelves.Service.StartAgainAsync();

        Assert.StartsWith("The shelves cannot be reached just now, so nothing was put in.", reply.Message, StringComparison.Ordinal);
        Assert.Equal("/cart", changed.Location);
        Assert.Equal($"{lamp}x4", await customer.CartAsync());
    }

    [Fact]
    public async Task A_form_that_this_shop_did_not_show_changes_no_cart()
    {
        var lamp = till.Thing();
        var (customer, other) = (till.Customer(), till.Customer());
        await customer.PutsAsync(lamp);
        await other.PutsAsync(lamp);
        var form = await other.OpensAsync("/fragments/order-summary", ".summary-form");

        foreach (var fields in (Dictionary<string, string>[])[[], form])
        {
            var reply = await customer.SendsAsync("/cart", Customer.With(fields, ("clear", "true")));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
            Assert.Equal("This form had been open for too long. Please send it again.", reply.Message);
        }

        Assert.Equal($"{lamp}x1", await customer.CartAsync());
    }
}
