using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class PaymentFormTests(Till till) : IClassFixture<Till>
{
    // The sentences are the form's promise to its readers; the browser's check says the same (they stand in the form's own attributes).
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "name", "", "Please say who it is for." },
        { "name", "1234", "Please write a name in letters." },
        { "name", new string('a', 81), "At most 80 characters, please." },
        { "street", " ", "Please say which street it goes to." },
        { "street", "<b>7</b>", "Please write a street in letters." },
        { "postcode", "", "Please fill in the postcode." },
        { "postcode", "12345-67890-1", "At most 10 characters, please." },
        { "postcode", "?", "A postcode has two to ten letters and digits." },
        { "town", "", "Please fill in the town." },
        { "town", "12", "Please write a town in letters." },
        { "country", "", "Please choose a country." },
        { "country", "Atlantis", "Please choose one of the countries that we send to." },
        { "card-name", "", "Please fill in the name on the card." },
        { "card-name", "007", "Please write the name as it stands on the card." },
        { "card-number", "", "Please fill in the card number." },
        { "card-number", "4242", "A card number has 12 to 19 digits." },
        { "card-number", "4242 4242 4242 424x", "A card number has 12 to 19 digits." },
        { "card-number", "4242 4242 4242 4241", "That is no card number: please check its digits." },
        { "card-number", "5555 5555 5555 4444", "This till takes test cards only. Please use 4242 4242 4242 4242, never a card of your own." },
        { "card-expiry", "", "Please fill in month and year." },
        { "card-expiry", "13/49", "Please write month and year as on the card, such as 04/29." },
        { "card-expiry", "1249", "Please write month and year as on the card, such as 04/29." },
        { "card-expiry", "01/20", "This card has expired." },
        { "card-cvc", "", "Please fill in the security code." },
        { "card-cvc", "12", "The security code has three or four digits." },
        { "card-cvc", "abc", "The security code has three or four digits." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task What_is_wrong_in_a_field_is_said_beside_it_and_everything_else_is_kept(string field, string value, string sentence)
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);

        var reply = await customer.PaysAsync((field, value));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal(sentence, reply.ErrorAt(field));
        var page = reply.Answer.Page;
        var input = page.QuerySelector($"[name={field}]")!;
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.StartsWith(page.QuerySelector($"[data-error-for={field}]")!.Id!, input.GetAttribute("aria-describedby"), StringComparison.Ordinal);
        Assert.Equal($"#{input.Id}", Assert.Single(page.QuerySelectorAll(".form-message a")).GetAttribute("href"));
        Assert.Equal(1, reply.Answer.Count("[aria-invalid]"));
        foreach (var (name, typed) in Customer.With(Customer.Payment, (field, value.Trim())))
        {
            var shown = name == "country" ? page.QuerySelector("option[selected]")?.TextContent ?? "" : page.QuerySelector($"[name={name}]")!.GetAttribute("value");
            Assert.Equal(name.StartsWith("card", StringComparison.Ordinal) || typed == "Atlantis" ? "" : typed, shown);
        }

        Assert.Equal($"{lamp}x1", await customer.CartAsync());
        Assert.Equal(20, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task The_browser_checks_by_the_servers_own_rules_and_sentences()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());
        var form = await customer.SeesAsync("/fragments/payment-form");

        foreach (var (field, value, sentence) in Mistakes.Select(row => row.Data).Where(row => !row.Item3.StartsWith("At most", StringComparison.Ordinal)))
        {
            var input = form.Page.QuerySelector($"[name={field}]")!;
            var attribute = value.Trim().Length == 0 ? "data-missing"
                : sentence == input.GetAttribute("data-broken") ? "data-broken"
                : sentence == input.GetAttribute("data-refused") ? "data-refused"
                : "data-wrong";
            Assert.Equal(sentence, input.GetAttribute(attribute));
        }
    }

    [Fact]
    public async Task A_script_gets_the_sentences_by_field_and_what_the_form_needs_to_be_sent_again()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing());

        var reply = await customer.SendsAsync("/checkout", await customer.FillsAsync(("town", ""), ("card-cvc", "1")), isScript: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal(
            """{"town":"Please fill in the town.","card-cvc":"The security code has three or four digits."}""",
            reply.Json.GetProperty("errors").GetRawText());
        Assert.Matches("^[A-Za-z0-9_-]{22}$", reply.Json.GetProperty("key").GetString());
    }

    [Fact]
    public async Task Who_is_not_signed_in_signs_in_first()
    {
        var answer = await till.Customer(isSignedIn: false).SeesAsync("/fragments/payment-form");

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
    }

    [Fact]
    public async Task Who_was_signed_out_meanwhile_is_told_so_behind_the_sign_in_and_keeps_the_cart()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        var form = await customer.FillsAsync();
        var user = customer.User;
        customer.User = null;

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in?return=%2Fcheckout%3Fresume%3Dtrue"), (reply.Status, reply.Location));
        Assert.Equal($"{lamp}x1", await customer.CartAsync());
        customer.User = user;
        var again = await customer.SeesAsync("/fragments/payment-form?resume=true");
        Assert.StartsWith("You had been signed out when your form came in, so nothing was ordered", again.Text(".form-message"), StringComparison.Ordinal);
        Assert.Equal(20, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task Another_sessions_form_is_shown_again_with_everything_kept()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        var form = await customer.FillsAsync();
        customer.User = "77";

        var reply = await customer.SendsAsync("/checkout", form);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal("This form had been open for too long. Please send it again.", reply.Message);
        Assert.Equal("Low Staithe 7", reply.Answer.Page.QuerySelector("[name=street]")!.GetAttribute("value"));
        Assert.Equal(20, till.Shelves.StockOf(lamp));
    }

    [Fact]
    public async Task A_script_whose_form_had_been_open_for_too_long_gets_what_it_takes_to_send_it_again()
    {
        var lamp = till.Thing();
        var customer = till.Customer();
        await customer.PutsAsync(lamp);
        var form = await customer.FillsAsync(("form-token", "of-last-week"));

        var refused = await customer.SendsAsync("/checkout", form, isScript: true);

        Assert.Equal("This form had been open for too long. Please send it again.", refused.Json.GetProperty("message").GetString());
        var again = Customer.With(form, ("form-token", refused.Json.GetProperty("token").GetString()!), ("key", refused.Json.GetProperty("key").GetString()!));
        Assert.Matches("^/orders/[0-9]+$", (await customer.SendsAsync("/checkout", again, isScript: true)).Json.GetProperty("location").GetString());
    }

    [Fact]
    public async Task What_somebody_typed_is_never_markup()
    {
        var customer = till.Customer();
        await customer.PutsAsync(till.Thing("\"><script>alert(1)</script>"));

        var reply = await customer.PaysAsync(("name", "\"><script>alert(1)</script>"), ("town", ""));

        Assert.Equal(0, reply.Answer.Count("script"));
        Assert.Equal("\"><script>alert(1)</script>", reply.Answer.Page.QuerySelector("[name=name]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_empty_cart_is_not_paid_for()
    {
        var customer = till.Customer();

        Assert.Equal("There is nothing to pay for.", (await customer.SeesAsync("/fragments/payment-form")).Text("h2"));
    }
}
