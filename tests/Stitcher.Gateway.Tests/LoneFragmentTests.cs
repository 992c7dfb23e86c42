using System.Globalization;
using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class LoneFragmentTests
{
    private const string ManifestPath = "/.well-known/stitcher.json";

    [Fact]
    public async Task A_fragment_that_its_service_opened_is_answered_alone_compiled_and_remembered_as_in_a_page()
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);

        using var answer = await AskAsync(gateway, "/_f/shop/Card?id=7&view=wide&sort=x&token=s3cret");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("<section>/cards/7?view=wide<a href=\"/_s/shop/cards/a.html\">a</a></section>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("noindex", Header(answer, "X-Robots-Tag"));
        Assert.Contains("sandbox", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("</_s/shop/~r1/card.css>; rel=stylesheet", Header(answer, "Link"));
        Assert.Equal(64, Header(answer, "Stitcher-Generation").Length);
        Assert.StartsWith("public, max-age=", Header(answer, "Cache-Control"), StringComparison.Ordinal);

        using var again = await AskAsync(gateway, "/_f/shop/Card?view=wide&id=7&sort=another");
        Assert.Equal(1, shop.Count("/cards/7"));
        using var unchanged = await AskAsync(gateway, "/_f/shop/Card?view=wide&id=7", ("If-None-Match", again.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task A_fragment_alone_has_all_the_time_that_its_service_may_take_however_short_pages_are()
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop, setup => setup.With("Resilience:DecidingTimeout", "30s"));

        using var answer = await AskAsync(gateway, "/_f/shop/Card?id=7");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.InRange(int.Parse(shop.Requests.Single(request => request.Path == "/cards/7").Headers["Stitcher-Deadline-Ms"], CultureInfo.InvariantCulture), 2_001, 30_000);
    }

    [Theory]
    [InlineData("/_f/shop/Secret", 404)]
    [InlineData("/_f/shop/Nothing", 404)]
    [InlineData("/_f/nobody/Card", 404)]
    [InlineData("/_f/shop/Card?id=..", 404)]
    [InlineData("/_f/shop/Card?id=1&id=2", 400)]
    [InlineData("/_f/shop/Card?id=404", 404)]
    [InlineData("/_f/shop/Card?id=500", 502)]
    public async Task What_is_not_open_makes_no_sense_or_fails_is_a_sentence_with_its_status(string target, int status)
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);

        using var answer = await AskAsync(gateway, target);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith("<p", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, shop.Count("/secret"));
        Assert.Equal("noindex", Header(answer, "X-Robots-Tag"));
    }

    [Fact]
    public async Task What_a_fragment_refuses_of_its_own_address_stays_refused()
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);

        using var answer = await AskAsync(gateway, "/_f/shop/Card?id=400&view=wide");
        Assert.Equal((HttpStatusCode.BadRequest, 1), (answer.StatusCode, shop.Count("/cards/400")));
    }

    [Theory]
    [InlineData("Sec-Fetch-Dest", "script", 403)]
    [InlineData("Sec-Fetch-Dest", "iframe", 403)]
    [InlineData("Sec-Fetch-Dest", "empty", 200)]
    [InlineData("Sec-Fetch-Dest", "document", 200)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    public async Task Only_pages_of_the_site_may_ask_and_never_for_a_script(string name, string value, int status)
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);

        using var answer = await AskAsync(gateway, "/_f/shop/Card?id=1", (name, value));
        Assert.Equal(status, (int)answer.StatusCode);
        using var posted = await gateway.Client.PostAsync("/_f/shop/Card?id=1", null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, posted.StatusCode);
    }

    [Fact]
    public async Task A_page_of_an_older_map_gets_fragments_whose_modules_are_where_they_were_and_is_told_to_load_anew_for_others()
    {
        await using var shop = await StartAsync();
        await using var other = await ScriptedService.StartAsync();
        Publish(other, "other", "r1");
        await using var gateway = await StartAsync(shop, setup => setup.Service("other", other.Address).With("Manifest", ManifestPath).With("Trust", "App"));
        await gateway.PageWithAsync("other/Card");
        using var first = await AskAsync(gateway, "/_f/shop/Card?id=1");
        var generation = Header(first, "Stitcher-Generation");

        Publish(other, "other", "r2");
        await gateway.PageWithAsync("other/Card", "/_s/other/~r2/card.js");
        using var compatible = await AskAsync(gateway, "/_f/shop/Card?id=1", ("Stitcher-Generation", generation));
        Assert.Equal((HttpStatusCode.OK, false), (compatible.StatusCode, Header(compatible, "Stitcher-Generation") == generation));
        using var moved = await AskAsync(gateway, "/_f/other/Card?id=1", ("Stitcher-Generation", generation));
        Assert.Equal((HttpStatusCode.Conflict, "1"), (moved.StatusCode, Header(moved, "Stitcher-Reload")));
        using var unknown = await AskAsync(gateway, "/_f/shop/Card?id=1", ("Stitcher-Generation", "0123"));
        Assert.Equal("1", Header(unknown, "Stitcher-Reload"));
        using var moduleless = await AskAsync(gateway, "/_f/shop/Plain", ("Stitcher-Generation", "0123"));
        Assert.Equal(HttpStatusCode.OK, moduleless.StatusCode);
    }

    [Fact]
    public async Task A_fragment_that_sends_elsewhere_has_its_page_loaded_anew()
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);

        using var answer = await AskAsync(gateway, "/_f/shop/Card?id=303");
        Assert.Equal((HttpStatusCode.Conflict, "1", false), (answer.StatusCode, Header(answer, "Stitcher-Reload"), answer.Headers.Contains("Location")));
    }

    [Fact]
    public async Task What_stands_inside_a_fragment_is_told_who_asks_as_in_a_page()
    {
        using var keys = new IdentityKeys();
        await using var shop = await StartAsync();
        await using var users = await ScriptedService.StartAsync();
        shop.Answers("/plain", Answer.Html("<p><fragment src=\"users/Who\"></fragment></p>").With("Cache-Control", "max-age=60"));
        users.Answers("/who", request => Answer.Html($"<b>{keys.SubjectOf(request)}</b>"));
        await using var gateway = await StartAsync(shop, setup =>
        {
            setup.WithSignIn();
            setup.With("Nested", true).Set("Stitcher:Identity:Key", keys.Reference).Service("users", users.Address, "Who=/who").With("Identity:Send", true);
        });
        var ada = await gateway.SignInAsync("sub=ada");

        using var own = await AskAsync(gateway, "/_f/shop/Plain", ("Cookie", ada));
        using var anybody = await AskAsync(gateway, "/_f/shop/Plain");

        Assert.Equal("<p><b>ada</b></p>", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("<p><b>nobody</b></p>", await anybody.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.All([own, anybody], answer => Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString()));
    }

    [Fact]
    public async Task Browser_modules_of_the_gateway_are_kept_for_ever_and_started_by_the_hash_of_their_script()
    {
        await using var shop = await StartAsync();
        await using var gateway = await StartAsync(shop);
        var page = await gateway.GetAsync("/");
        var imports = FederatedServices.ImportsOf(page);
        foreach (var specifier in (string[])["@stitcher/bus", "@stitcher/live", "@stitcher/live/forms", "@stitcher/live/fragments", "@stitcher/live/pages"])
        {
            using var module = await AskAsync(gateway, imports[specifier], ("Accept-Encoding", "br"));
            Assert.Equal((HttpStatusCode.OK, "text/javascript; charset=utf-8", "br", "public, max-age=31536000, immutable"), (module.StatusCode, module.Content.Headers.ContentType!.ToString(), module.Content.Headers.ContentEncoding.Single(), Header(module, "Cache-Control")));
        }

        Assert.Contains("<script data-generation=\"", page, StringComparison.Ordinal);
        Assert.Contains("<script type=\"application/json\" data-stitcher-topics>{\"currentRoute\":\"/\"}</script>", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> AskAsync(GatewayUnderTest gateway, string target, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static string Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static async Task<ScriptedService> StartAsync()
    {
        var shop = await ScriptedService.StartAsync();
        Publish(shop, "shop", "r1");
        foreach (var id in (string[])["1", "7"])
        {
            shop.Answers($"/cards/{id}", request => Answer.Html($"<section>{request.Target.Replace("&", "&amp;", StringComparison.Ordinal)}<a href=\"a.html\">a</a></section>").With("Cache-Control", "max-age=60"));
        }

        shop.Answers("/cards/400", request => request.Target.Contains('?', StringComparison.Ordinal) ? Answer.Of("text/plain", "No."u8.ToArray()).WithStatus(400) : Answer.Html("<p>another view</p>"));
        shop.Answers("/cards/404", Answer.Html("<p>There is none.</p>").WithStatus(404));
        shop.Answers("/cards/500", Answer.Status(500));
        shop.Answers("/cards/303", Answer.Html("").WithStatus(303).With("Location", "/sign-in"));
        shop.Answers("/plain", "<p>plain</p>");
        shop.Answers("/secret", "<p>secret</p>");
        return shop;
    }

    private static void Publish(ScriptedService service, string name, string revision)
    {
        service.Answers("/assets/card.js", Answer.Of("text/javascript", "export default () => {};"u8.ToArray()));
        service.Answers("/assets/card.css", Answer.Of("text/css", "p { margin: 0; }"u8.ToArray()));
        service.Answers(ManifestPath, Answer.Of("application/json", Encoding.UTF8.GetBytes($$"""
            { "schema": 1, "name": "{{name}}", "revision": "{{revision}}", "exposes": [
              { "key": "./Card", "module": "card.js", "fragment": "/cards/{id}", "css": [ "card.css" ], "public": true, "parameters": [ "view" ] },
              { "key": "./Plain", "fragment": "/plain", "public": true }, { "key": "./Secret", "fragment": "/secret" } ],
              "events": { "publishes": [ { "topic": "carded" } ] } }
            """)));
    }

    private static async Task<GatewayUnderTest> StartAsync(ScriptedService shop, Action<GatewaySetup>? more = null)
    {
        var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Service("shop", shop.Address).With("Manifest", ManifestPath).With("Trust", "App").Set("Stitcher:Federation:PollInterval", "100ms").Set("Stitcher:Federation:PollTimeout", "15s").Page("/", "<fragment src=\"shop/Card?id=1\"></fragment>");
            more?.Invoke(setup);
        });
        await gateway.PageWithAsync("shop/Card");
        return gateway;
    }
}
