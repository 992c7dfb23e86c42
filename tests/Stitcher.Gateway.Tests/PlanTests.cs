using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PlanTests
{
    private const string Layout = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Layout</title><meta name="description" content="the layout's"></head>
        <body><main id="main">
        <fragment src="products/Card?id={id}" primary timeout="9s"></fragment>
        <fragment src="users/Profile?show={query.show=all}&theme={cookie.theme}" timeout="60s"><p id="away">away</p></fragment>
        </main></body></html>
        """;

    [Fact]
    public async Task A_plan_says_which_page_a_path_has_and_what_every_slot_asks_for()
    {
        await using var shop = await TwoServices.StartAsync();
        var plan = await shop.PlanAsync("/products/7?show=new");

        Assert.Equal("/products/7?show=new", plan.GetProperty("path").GetString());
        var page = plan.GetProperty("page");
        Assert.Equal("/products/{id:int}", page.GetProperty("route").GetString());
        Assert.Equal("page-0.html", page.GetProperty("layout").GetString());
        Assert.Equal("Auto", page.GetProperty("delivery").GetString());
        Assert.Equal(10_000, page.GetProperty("deadlineMs").GetDouble());

        var (card, profile) = (plan.GetProperty("slots")[0], plan.GetProperty("slots")[1]);
        Assert.Equal("products/Card", card.GetProperty("address").GetString());
        Assert.Equal("primary", card.GetProperty("role").GetString());
        Assert.Equal("/cards/7", card.GetProperty("target").GetString());
        Assert.Equal("html body main", card.GetProperty("ancestors").GetString());
        Assert.Equal(4, card.GetProperty("line").GetInt32());
        Assert.Equal("/profile?show=new", profile.GetProperty("target").GetString());
        Assert.Equal("optional", profile.GetProperty("role").GetString());
        Assert.True(profile.GetProperty("hasContent").GetBoolean());
        Assert.Equal("App", card.GetProperty("trust").GetString());
        Assert.EndsWith("/cards/7", card.GetProperty("cacheKey").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slot_without_a_timeout_has_its_services_time_for_its_role()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x").With("Resilience:OptionalTimeout", "4s").With("Resilience:DecidingTimeout", "6s")
            .Page("/", "<fragment src=\"one/X\" primary></fragment><fragment src=\"one/X?n=2\"></fragment>", ("Deadline", "10s")));
        var slots = (await PlanAsync(gateway, "/")).GetProperty("slots");
        Assert.Equal((6_000, 4_000), (slots[0].GetProperty("timeoutMs").GetDouble(), slots[1].GetProperty("timeoutMs").GetDouble()));
    }

    [Fact]
    public async Task A_timeout_that_was_cut_to_the_pages_deadline_is_said_to_be()
    {
        await using var shop = await TwoServices.StartAsync();
        var plan = await shop.PlanAsync("/products/7");
        var profile = plan.GetProperty("slots")[1];
        Assert.Equal(9_900, profile.GetProperty("timeoutMs").GetDouble());
        Assert.Equal(60_000, profile.GetProperty("cutFromMs").GetDouble());
        Assert.Contains("slot 2, users/Profile", Warning(plan, "timeout-cut"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_plan_says_what_came_of_composing_the_page_once()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Users.Answers("/profile", Answer.Status(500));
        var plan = await shop.PlanAsync("/products/7");

        var card = plan.GetProperty("slots")[0].GetProperty("result");
        Assert.Equal("fresh", card.GetProperty("outcome").GetString());
        Assert.Equal(200, card.GetProperty("status").GetInt32());
        Assert.InRange(card.GetProperty("freshForMs").GetDouble(), 1, 60_000);
        Assert.True(card.GetProperty("bytes").GetInt32() > 0);
        Assert.True(card.GetProperty("ms").GetDouble() > 0);

        var profile = plan.GetProperty("slots")[1].GetProperty("result");
        Assert.Equal("failed", profile.GetProperty("outcome").GetString());
        Assert.Equal("invalid", profile.GetProperty("cause").GetString());
        Assert.Equal("own content", profile.GetProperty("shows").GetString());
        Assert.Contains("users/Profile", Warning(plan, "slot-failed"), StringComparison.Ordinal);

        var answer = plan.GetProperty("answer");
        Assert.Equal(200, answer.GetProperty("status").GetInt32());
        Assert.Equal("private, no-store", Header(plan, "Cache-Control"));
        Assert.Contains("frame-ancestors", Header(plan, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("cached", (await shop.PlanAsync("/products/7")).GetProperty("slots")[0].GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_primary_that_says_there_is_none_is_told_as_the_pages_status_and_not_as_a_failure()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Products.Answers("/cards/9", Answer.Html("<p>no nine</p>").WithStatus(404));
        var plan = await shop.PlanAsync("/products/9");
        Assert.Equal(404, plan.GetProperty("answer").GetProperty("status").GetInt32());
        Assert.Contains("answered 404", Warning(plan, "primary-status"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_did_not_answer_is_told_in_the_list_of_services()
    {
        await using var shop = await TwoServices.StartAsync();
        await shop.Users.StopAsync();
        await shop.PlanAsync("/products/7");
        var services = JsonDocument.Parse(await shop.Gateway.ManagementClient.GetStringAsync("/_stitcher/plan")).RootElement.GetProperty("services");
        Assert.Equal("available", services[0].GetProperty("health").GetString());
        Assert.Equal("not answering", services[1].GetProperty("health").GetString());
    }

    [Fact]
    public async Task Every_entry_of_the_import_map_is_told_with_the_service_and_revision_it_comes_from()
    {
        await using var cart = await ScriptedService.StartAsync();
        cart.Answers("/.well-known/stitcher.json", Answer.Of("application/json", """
            { "schema": 1, "name": "cart", "revision": "r42", "base": "/assets/", "exposes": [ { "key": "./Basket", "module": "basket.js" } ] }
            """u8.ToArray()));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("cart", cart.Address).With("Manifest", "/.well-known/stitcher.json")
            .Set("Stitcher:Federation:Runtime", false)
            .Page("/", "<p>page</p>"));
        await Eventually.HoldsAsync(async () => (await PlanAsync(gateway, "/")).GetProperty("importMap").GetArrayLength() == 1, "the map has the service's entry");
        var entry = (await PlanAsync(gateway, "/")).GetProperty("importMap")[0];
        Assert.Equal("cart/Basket", entry.GetProperty("specifier").GetString());
        Assert.Equal("/_s/cart/~r42/basket.js", entry.GetProperty("address").GetString());
        Assert.Equal("cart", entry.GetProperty("service").GetString());
        Assert.Equal("r42", entry.GetProperty("revision").GetString());
    }

    [Fact]
    public async Task The_gateways_own_modules_are_told_as_its_own()
    {
        await using var cart = await ScriptedService.StartAsync();
        cart.Answers("/.well-known/stitcher.json", Answer.Of("application/json", """
            { "schema": 1, "name": "cart", "revision": "r42", "base": "/assets/", "exposes": [ { "key": "./Basket", "module": "basket.js" } ] }
            """u8.ToArray()));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Service("cart", cart.Address).With("Manifest", "/.well-known/stitcher.json").Page("/", "<p>page</p>"));
        string[] from = [];
        await Eventually.HoldsAsync(
            async () => (from = await OriginsAsync(gateway)).Length > 1, "the map has entries");

        Assert.Contains("the gateway", from);
        Assert.DoesNotContain("nobody", from);
    }

    private static async Task<string[]> OriginsAsync(GatewayUnderTest gateway)
    {
        var document = new HtmlParser().ParseDocument(await gateway.ManagementClient.GetStringAsync("/_stitcher/plan?format=html&path=/"));
        return [.. document.QuerySelectorAll("table[aria-labelledby=map] td[data-label=From]").Select(cell => cell.FirstChild!.TextContent.Trim())];
    }

    [Fact]
    public async Task Nested_fragments_stand_below_the_one_they_are_in()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Products.Answers("/cards/7", "<section>7<fragment src=\"users/Profile?show=nested\"><p>none</p></fragment></section>");
        var nested = (await shop.PlanAsync("/products/7")).GetProperty("slots")[0].GetProperty("nested")[0];
        Assert.Equal("1.1", nested.GetProperty("number").GetString());
        Assert.Equal("users/Profile", nested.GetProperty("address").GetString());
        Assert.Equal("/profile?show=nested", nested.GetProperty("target").GetString());
        Assert.Equal("fresh", nested.GetProperty("result").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Nothing_of_the_asking_operators_request_reaches_a_service()
    {
        await using var shop = await TwoServices.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_stitcher/plan?path=/products/7");
        request.Headers.Add("Cookie", "theme=operators-own");
        using var response = await shop.Gateway.ManagementClient.SendAsync(request);
        Assert.DoesNotContain("operators-own", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(shop.Users.Requests, r => r.Target.Contains("operators-own", StringComparison.Ordinal));
        Assert.Contains(shop.Users.Requests, r => r.Target == "/profile?show=all");
    }

    [Fact]
    public async Task Ids_that_stand_twice_on_a_page_are_told_with_their_owners()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Products.Answers("/cards/7", "<article id=\"main\"><p id=\"price\">7</p></article>");
        shop.Users.Answers("/profile", "<p id=\"price\">free</p><p id=\"own\">x</p>");
        var plan = await shop.PlanAsync("/products/7");
        var collisions = plan.GetProperty("warnings").EnumerateArray().Where(w => w.GetProperty("code").GetString() == "id-collision").Select(w => w.GetProperty("message").GetString()!).ToList();
        Assert.Equal(2, collisions.Count);
        Assert.Contains("id=\"main\" stands 2 times on the page: in the layout page-0.html and in slot 1, products/Card.", collisions[0], StringComparison.Ordinal);
        Assert.Contains("id=\"price\" stands 2 times on the page: in slot 1, products/Card and in slot 2, users/Profile.", collisions[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_of_a_table_keeps_its_id_when_collisions_are_looked_for()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/row", "<tr id=\"total\"><td>1</td></tr>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("rows", service.Address, "Row=/row")
            .Page("/", "<table><tbody><fragment src=\"rows/Row\" timeout=\"9s\"></fragment><fragment src=\"rows/Row\" timeout=\"9s\"></fragment></tbody></table>", ("Deadline", "10s")));
        Assert.Contains("id=\"total\" stands 2 times", Warning(await PlanAsync(gateway, "/"), "id-collision"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_metas_of_one_name_and_different_content_are_a_conflict_that_the_plan_decides_aloud()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Products.Answers("/cards/7", "<!doctype html><title>Seven</title><meta name=\"description\" content=\"seven\"><body><p>7</p>");
        shop.Users.Answers("/profile", "<!doctype html><title>Profile</title><meta name=\"description\" content=\"a profile\"><meta name=\"author\" content=\"u\"><body><p>u</p>");
        var plan = await shop.PlanAsync("/products/7");

        var head = plan.GetProperty("head").EnumerateArray()
            .Select(p => $"{p.GetProperty("kind").GetString()} of {p.GetProperty("from").GetString()}: {p.GetProperty("verdict").GetString()}").ToList();
        Assert.Contains("meta of the layout page-0.html: replaced", head);
        Assert.Contains("meta of slot 1, products/Card: written", head);
        Assert.Contains("title of slot 1, products/Card: written", head);
        Assert.Contains("meta of slot 2, users/Profile: conflict", head);
        Assert.Contains("meta of slot 2, users/Profile: written", head);
        Assert.Contains("title of slot 2, users/Profile: not-primary", head);
        Assert.Contains("slot 1, products/Card", Warning(plan, "meta-conflict"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere")]
    [InlineData("/products/seven")]
    public async Task A_path_without_a_page_is_told_with_the_routes_that_there_are(string path)
    {
        await using var shop = await TwoServices.StartAsync();
        using var response = await shop.Gateway.ManagementClient.GetAsync("/_stitcher/plan?path=" + path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("/products/{id:int}", answer.GetProperty("pages")[0].GetProperty("route").GetString());
        Assert.Contains("No page", answer.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxied_path_is_told_as_one()
    {
        await using var products = await ScriptedService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("products", products.Address)
            .Set("ReverseProxy:Routes:downloads:ClusterId", "products")
            .Set("ReverseProxy:Routes:downloads:Match:Path", "/downloads/{**rest}")
            .Page("/", "<p>page</p>"));
        using var response = await gateway.ManagementClient.GetAsync("/_stitcher/plan?path=/downloads/a.zip");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("downloads", JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Empty(products.Requests);
    }

    [Theory]
    [InlineData("products/7")]
    [InlineData("//elsewhere.example/x")]
    [InlineData("javascript:alert(1)")]
    public async Task What_is_no_path_is_refused(string path)
    {
        await using var shop = await TwoServices.StartAsync();
        using var response = await shop.Gateway.ManagementClient.GetAsync("/_stitcher/plan?path=" + Uri.EscapeDataString(path));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Without_a_path_all_pages_and_services_are_listed_with_a_way_to_each_pages_plan()
    {
        await using var shop = await TwoServices.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_stitcher/plan") { Headers = { { "Accept", "text/html" } } };
        using var response = await shop.Gateway.ManagementClient.SendAsync(request);
        var document = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        var link = Assert.Single(document.QuerySelectorAll("table a"));
        Assert.Equal("/_stitcher/plan?path=%2Fproducts%2F1", link.GetAttribute("href"));
        Assert.Contains(shop.Users.Address, document.Body!.TextContent, StringComparison.Ordinal);

        // Addresses may break anywhere, so without a width of its own such a column is squeezed to a few letters.
        Assert.NotEmpty(document.QuerySelectorAll("td[data-label=Destinations]"));
        Assert.Matches(@"td\[data-label=""Destinations""\] \{ min-width: \d{2}rem", document.QuerySelector("style")!.TextContent);
    }

    [Theory]
    [InlineData("/_stitcher/plan")]
    [InlineData("/_stitcher/plan?path=/products/7")]
    public async Task V076_A_plan_is_never_on_the_public_port(string path)
    {
        await using var shop = await TwoServices.StartAsync();
        using var response = await shop.Gateway.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Empty(shop.Products.Requests);
    }

    [Fact]
    public async Task Names_that_want_to_be_markup_stay_text_on_the_page()
    {
        await using var shop = await TwoServices.StartAsync();
        shop.Products.Answers("/cards/7", "<!doctype html><meta name=\"x\" content=\"&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"><body><p id=\"&lt;img src=x onerror=alert(2)&gt;\"></p><p id=\"&lt;img src=x onerror=alert(2)&gt;\"></p>");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/_stitcher/plan?path=" + Uri.EscapeDataString("/products/7?show=\"><script>alert(3)</script>")) { Headers = { { "Accept", "text/html" } } };
        using var response = await shop.Gateway.ManagementClient.SendAsync(request);
        var html = await response.Content.ReadAsStringAsync();
        var document = new HtmlParser().ParseDocument(html);
        Assert.Empty(document.QuerySelectorAll("script, img, [onerror], meta[name=x]"));
        Assert.Contains("alert(1)", document.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("<img src=x onerror=alert(2)>", document.Body.TextContent, StringComparison.Ordinal);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", Assert.Single(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private static string Warning(JsonElement plan, string code) =>
        Assert.Single(plan.GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == code).GetProperty("message").GetString()!;

    private static string Header(JsonElement plan, string name) =>
        Assert.Single(plan.GetProperty("answer").GetProperty("headers").EnumerateArray(), h => h.GetProperty("name").GetString() == name).GetProperty("value").GetString()!;

    private static async Task<JsonElement> PlanAsync(GatewayUnderTest gateway, string path)
    {
        using var response = await gateway.ManagementClient.GetAsync("/_stitcher/plan?path=" + Uri.EscapeDataString(path));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    private sealed record TwoServices(ScriptedService Products, ScriptedService Users, GatewayUnderTest Gateway) : IAsyncDisposable
    {
        public static async Task<TwoServices> StartAsync()
        {
            var products = await ScriptedService.StartAsync();
            products.Answers("/cards/7", Answer.Html("<p>seven</p>").With("Cache-Control", "max-age=60"));
            var users = await ScriptedService.StartAsync();
            users.Answers("/profile", "<p>somebody</p>");
            var gateway = await GatewayUnderTest.StartAsync(setup => setup
                .Service("products", products.Address, "Card=/cards/{id}").With("Trust", "App").With("Nested", true)
                .Service("users", users.Address, "Profile=/profile").With("Trust", "App")
                .Page("/products/{id:int}", Layout, ("Deadline", "10s")));
            return new TwoServices(products, users, gateway);
        }

        public Task<JsonElement> PlanAsync(string path) => PlanTests.PlanAsync(Gateway, path);

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await Users.DisposeAsync();
            await Products.DisposeAsync();
        }
    }
}
