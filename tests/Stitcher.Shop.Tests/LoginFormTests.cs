using System.Globalization;
using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class LoginFormTests(ShopServices shop)
{
    private const string Wrong = "This email and this password do not belong together. Please check both.";

    private static int _clients;

    [Theory]
    [InlineData("ada@saltmarsh.example", """{"sub":"1","name":"Ada Holt","theme":"system","locale":"en","role":"admin"}""")]
    [InlineData(" TOMAS@saltmarsh.example ", "{\"sub\":\"2\",\"name\":\"Tomas \\u00C5kerby\",\"theme\":\"system\",\"locale\":\"en\"}")]
    public async Task The_right_password_tells_the_gateway_who_is_there_and_goes_on(string email, string session)
    {
        var visitor = Somebody();

        var reply = await visitor.SignsInAsync(email, "saltmarsh", "?return=%2Forders%2F7%3Fx%3D1");

        Assert.Equal((HttpStatusCode.SeeOther, "/orders/7?x=1", session), (reply.Status, reply.Location, visitor.Session));
    }

    [Fact]
    public async Task A_script_is_told_where_to_go_and_what_the_page_should_know()
    {
        var reply = await Somebody().SignsInAsync("ada@saltmarsh.example", "saltmarsh", isScript: true);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.True(reply.Json.GetProperty("ok").GetBoolean());
        Assert.Equal("/", reply.Json.GetProperty("location").GetString());
        var topics = reply.Json.GetProperty("topics");
        Assert.Equal("""{"id":"1","name":"Ada Holt","role":"admin"}""", topics.GetProperty("user:changed").GetRawText());
        Assert.Equal("""{"id":"1","name":"Ada Holt"}""", topics.GetProperty("user:logged-in").GetRawText());
        Assert.Equal("system", topics.GetProperty("theme").GetString());
    }

    [Theory]
    [InlineData("", "saltmarsh", "email", "Please enter your email address.")]
    [InlineData("ada", "saltmarsh", "email", "This is no email address. One looks like ada@saltmarsh.example.")]
    [InlineData("@b", "saltmarsh", "email", "This is no email address. One looks like ada@saltmarsh.example.")]
    [InlineData("a@b@c", "saltmarsh", "email", "This is no email address. One looks like ada@saltmarsh.example.")]
    [InlineData("ada@saltmarsh.example", "", "password", "Please enter your password.")]
    public async Task What_is_missing_or_cannot_be_is_said_beside_its_field_and_above_the_form(string email, string password, string field, string sentence)
    {
        var visitor = Somebody();

        var reply = await visitor.SignsInAsync(email, password, "?return=%2Forders");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, null), (reply.Status, visitor.Session));
        Assert.Equal(sentence, reply.ErrorAt(field));
        Assert.Equal($"#login-form-{field}", reply.Answer.Page.QuerySelector(".form-message a")?.GetAttribute("href"));
        var input = reply.Answer.Page.QuerySelector($"[name={field}]")!;
        Assert.Equal(("true", $"login-form-{field}-error"), (input.GetAttribute("aria-invalid"), input.GetAttribute("aria-describedby")));
        Assert.Single(reply.Answer.Page.QuerySelectorAll("[aria-invalid]"));
        Assert.Equal(email, reply.Answer.Page.QuerySelector("[name=email]")?.GetAttribute("value"));
        Assert.Equal("/orders", reply.Answer.Page.QuerySelector("[name=return]")?.GetAttribute("value"));
        Assert.False(reply.Answer.Page.QuerySelector("[name=password]")!.HasAttribute("value"));
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_also_to_scripts()
    {
        var page = await Somebody().SignsInAsync("", new string('x', 201));
        var script = await Somebody().SignsInAsync("", new string('x', 201), isScript: true);

        Assert.Equal(2, page.Answer.Count(".form-message li"));
        Assert.Equal("A password here has at most 200 characters.", page.ErrorAt("password"));
        Assert.Equal(["email", "password"], script.Json.GetProperty("errors").EnumerateObject().Select(error => error.Name));
        Assert.Equal("2 fields need another look.", script.Json.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("ada@saltmarsh.example", "Saltmarsh")]
    [InlineData("ada@saltmarsh.example", " saltmarsh")]
    [InlineData("nobody@saltmarsh.example", "saltmarsh")]
    [InlineData("' OR 1=1 --@x", "saltmarsh")]
    public async Task A_wrong_password_and_an_address_that_nobody_has_are_told_alike(string email, string password)
    {
        var visitor = Somebody();

        var reply = await visitor.SignsInAsync(email, password);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, Wrong, null), (reply.Status, reply.Message, visitor.Session));
        Assert.Equal(email, reply.Answer.Page.QuerySelector("[name=email]")?.GetAttribute("value"));
    }

    [Theory]
    [InlineData("yuki@saltmarsh.example")]
    [InlineData("nobody-at-all@saltmarsh.example")]
    public async Task Whoever_fails_five_times_has_to_rest_whether_there_is_such_a_user_or_not(string email)
    {
        var visitor = Somebody();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Wrong, (await visitor.SignsInAsync(email, "wrong")).Message);
        }

        var rested = await visitor.SignsInAsync(email, "saltmarsh");
        var elsewhere = await Somebody().SignsInAsync("ines@saltmarsh.example", "saltmarsh");

        Assert.Equal((HttpStatusCode.TooManyRequests, null), (rested.Status, visitor.Session));
        Assert.Equal("That were too many attempts. Please try again in 5 minutes.", rested.Message);
        Assert.Equal(HttpStatusCode.SeeOther, elsewhere.Status);
    }

    [Fact]
    public async Task Guesses_sent_all_at_once_are_no_more_than_one_after_the_other()
    {
        var client = string.Create(CultureInfo.InvariantCulture, $"10.0.1.{Interlocked.Increment(ref _clients)}");
        var fields = await new Visitor(shop["users"], client).OpensAsync("/fragments/login-form", "/sign-in");
        (fields["email"], fields["password"]) = ("petra@saltmarsh.example", "guess");

        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => new Visitor(shop["users"], client).SendsAsync("/sign-in", fields)));

        Assert.Equal(5, replies.Count(reply => reply.Message == Wrong));
        Assert.Equal(15, replies.Count(reply => reply.Status == HttpStatusCode.TooManyRequests));
    }

    [Fact]
    public async Task When_very_many_sign_in_at_once_some_are_asked_to_wait_with_their_form_kept_and_it_is_not_held_against_them()
    {
        using var folder = new TemporaryFolder();
        await using var users = await ShopServices.StartAsync("users", folder.File("users.db"), ("SignIn__AtOnce", "1"), ("SignIn__Waiting", "0"));
        var (client, replies) = (0, Array.Empty<FormReply>());
        await Eventually.HoldsAsync(
            async () =>
            {
                var fields = await new Visitor(users, $"10.0.2.{++client}").OpensAsync("/fragments/login-form", "/sign-in");
                (fields["email"], fields["password"]) = ("ada@saltmarsh.example", "guess");
                replies = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => new Visitor(users, $"10.0.2.{client}").SendsAsync("/sign-in", fields)));
                return replies.Any(reply => reply.Message != Wrong);
            },
            "somebody has to wait");

        var refused = replies.First(reply => reply.Message != Wrong);
        Assert.Equal((HttpStatusCode.TooManyRequests, "Very many people are signing in just now. Please try again in a few seconds."), (refused.Status, refused.Message));
        Assert.Equal("ada@saltmarsh.example", refused.Answer.Page.QuerySelector("[name=email]")?.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, (await new Visitor(users, $"10.0.2.{client}").SignsInAsync("ada@saltmarsh.example", "saltmarsh")).Status);
    }

    [Fact]
    public async Task Nobody_keeps_a_client_out_by_an_address_that_reads_like_that_client()
    {
        var ines = Somebody();
        var address = $"ines@saltmarsh.example 10.0.0.{_clients}";
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(Wrong, (await Somebody().SignsInAsync(address, "wrong")).Message);
        }

        Assert.Equal(HttpStatusCode.SeeOther, (await ines.SignsInAsync("ines@saltmarsh.example", "saltmarsh")).Status);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("/%5Cevil.example", "/%5Cevil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("\\/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("orders")]
    [InlineData("/orders\r\nSet-Cookie: x=1")]
    [InlineData("/sign-in")]
    [InlineData("/sign-out?x")]
    [InlineData("")]
    [InlineData("/sign-in-help", "/sign-in-help")]
    [InlineData("/products?search=Töpfe", "/products?search=Töpfe", "/products?search=T%C3%B6pfe")]
    public async Task Only_a_page_of_the_shop_is_gone_on_to(string asked, string to = "/", string? sent = null)
    {
        var visitor = Somebody();
        var fields = await visitor.OpensAsync("/fragments/login-form?return=" + Uri.EscapeDataString(asked), "/sign-in");
        Assert.Equal(to, fields["return"]);

        // As somebody would send it who does not take the form as it is.
        (fields["email"], fields["password"], fields["return"]) = ("ada@saltmarsh.example", "saltmarsh", asked);
        Assert.Equal((HttpStatusCode.SeeOther, sent ?? to), ((await visitor.SendsAsync("/sign-in", fields)) is var reply ? (reply.Status, reply.Location) : default));
    }

    [Fact]
    public async Task A_form_without_the_token_of_today_is_shown_again_with_what_was_in_it()
    {
        var visitor = Somebody();
        var fields = await visitor.OpensAsync("/fragments/login-form?return=%2Fcart", "/sign-in");
        var tomas = new Visitor(shop["users"], "10.9.9.9") { Identity = IdentityToken.For("users", "2") };
        var foreign = (await tomas.OpensAsync("/fragments/user-preferences", "/preferences"))["form-token"];
        foreach (var token in new[] { "", "forged", fields["form-token"][..^4] + "AAAA", foreign })
        {
            var reply = await visitor.SendsAsync(
                "/sign-in",
                new Dictionary<string, string> { ["form-token"] = token, ["email"] = "ada@saltmarsh.example", ["password"] = "saltmarsh", ["return"] = "/cart" });

            Assert.Equal((HttpStatusCode.UnprocessableEntity, null), (reply.Status, visitor.Session));
            Assert.Equal("This form had been open for too long. Please send it again.", reply.Message);
            Assert.Equal("ada@saltmarsh.example", reply.Answer.Page.QuerySelector("[name=email]")?.GetAttribute("value"));
            var again = reply.Answer.Page.QuerySelectorAll("form[action='/sign-in'] input[type=hidden]").ToDictionary(input => input.GetAttribute("name")!, input => input.GetAttribute("value")!);
            (again["email"], again["password"]) = ("ada@saltmarsh.example", "saltmarsh");
            Assert.Equal("/cart", (await visitor.SendsAsync("/sign-in", again)).Location);
        }
    }

    [Fact]
    public async Task Whoever_is_signed_in_is_told_so_and_may_sign_in_as_somebody_else()
    {
        var visitor = Somebody();
        var fields = await visitor.OpensAsync("/fragments/login-form", "/sign-in");
        visitor.Identity = IdentityToken.For("users", "1");

        var page = await visitor.SeesAsync("/fragments/login-form?return=%2Forders");
        Assert.Equal("You are signed in", page.Text("h1"));
        Assert.Equal("/orders", page.Page.QuerySelector("a.button")?.GetAttribute("href"));

        // The form of another tab, from before.
        (fields["email"], fields["password"]) = ("tomas@saltmarsh.example", "saltmarsh");
        Assert.Equal("This form had been open for too long. Please send it again.", (await visitor.SendsAsync("/sign-in", fields)).Message);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_twice_as_well_as_once()
    {
        var visitor = Somebody();
        visitor.Identity = IdentityToken.For("users", "1");
        var fields = await visitor.OpensAsync("/fragments/user-profile", "/sign-out");

        var script = await visitor.SendsAsync("/sign-out", fields, isScript: true);
        Assert.Equal((HttpStatusCode.OK, "end"), (script.Status, visitor.Session));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, script.Json.GetProperty("topics").GetProperty("user:changed").ValueKind);
        var page = await visitor.SendsAsync("/sign-out", fields);
        Assert.Equal((HttpStatusCode.SeeOther, "/", "end"), (page.Status, page.Location, visitor.Session));

        // The other tab was quicker.
        visitor.Identity = null;
        var late = await visitor.SendsAsync("/sign-out", fields);
        Assert.Equal((HttpStatusCode.SeeOther, "/"), (late.Status, late.Location));

        visitor.Identity = IdentityToken.For("users", "2");
        var foreign = await visitor.SendsAsync("/sign-out", fields);
        Assert.Equal((HttpStatusCode.SeeOther, "/sign-in", null), (foreign.Status, foreign.Location, visitor.Session));
    }

    private Visitor Somebody() => new(shop["users"], string.Create(CultureInfo.InvariantCulture, $"10.0.0.{Interlocked.Increment(ref _clients)}"));
}
