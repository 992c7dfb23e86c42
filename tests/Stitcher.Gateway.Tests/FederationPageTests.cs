using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.TestKit;
using Xunit;
using static Stitcher.TestKit.SharedPackages;

namespace Stitcher.Gateway.Tests;

public sealed class FederationPageTests
{
    private static readonly SharedRow[] Five = [new("svelte", "5.1.3", "^5.0.0", Strict: true)];
    private static readonly SharedRow[] Four = [new("svelte", "4.2.19", "^4.0.0", Strict: true, Bytes: 20_480)];

    [Fact]
    public async Task Without_a_manifest_in_the_settings_the_page_says_that_nothing_is_shared()
    {
        await using var shared = await StartAsync(null);
        Assert.Equal("none", (await shared.TellAsync()).GetProperty("state").GetString());
        Assert.Equal("Nothing is shared", Read(await shared.ShowAsync()).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task When_all_is_well_a_green_line_says_so_before_anything_else()
    {
        await using var shared = await StartAsync(null, ("cart", Five), ("orders", [new("svelte", "5.0.5", "^5.0.0", Strict: true)]));
        var told = await shared.TellAsync();
        Assert.Equal("good", told.GetProperty("state").GetString());
        Assert.Equal(64, told.GetProperty("generation").GetString()!.Length);
        Assert.True(told.GetProperty("map").GetProperty("bytes").GetInt32() > 0);
        Assert.Equal(1, told.GetProperty("map").GetProperty("entries").GetInt32());

        var svelte = told.GetProperty("packages")[0];
        Assert.Equal("5.1.3", svelte.GetProperty("version").GetString());
        Assert.Equal("cart@r1", svelte.GetProperty("provider").GetString());
        Assert.Equal("highest", svelte.GetProperty("reason").GetString());
        Assert.Equal(["shared", "shared"], svelte.GetProperty("consumers").EnumerateArray().Select(c => c.GetProperty("outcome").GetString()));

        var page = Read(await shared.ShowAsync());
        Assert.Equal("Nothing to look at: every service answers, and every one runs on versions it accepts.", page.QuerySelector("main > h1 + *")!.TextContent);
        Assert.Null(page.QuerySelector(".warnings"));
        Assert.Equal("Federation", page.Title);
    }

    [Fact]
    public async Task A_service_that_is_forced_outside_its_range_is_a_warning_with_the_sentence_to_act_on()
    {
        await using var shared = await StartAsync(null, ("cart", [new("react", "18.3.1", "^18.0.0")]), ("orders", [new("react", "19.0.0", "^19.0.0")]));
        var told = await shared.TellAsync();
        Assert.Equal("warnings", told.GetProperty("state").GetString());
        var problem = Assert.Single(told.GetProperty("problems").EnumerateArray());
        Assert.Equal(("FED201", "warning", "cart", "react"), (Text(problem, "code"), Text(problem, "level"), Text(problem, "service"), Text(problem, "package")));

        var page = Read(await shared.ShowAsync());
        var item = Assert.Single(page.QuerySelectorAll(".warnings li"));
        Assert.Contains("Widen the range", item.TextContent, StringComparison.Ordinal);
        Assert.All(item.QuerySelectorAll("a"), link => Assert.NotNull(page.GetElementById(link.GetAttribute("href")![1..])));
        Assert.Contains("runs on the winner, 19.0.0, outside its range", page.QuerySelector("details.package[open]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_strict_singleton_that_stands_apart_is_an_error_and_its_second_copy_is_weighed()
    {
        await using var shared = await StartAsync(null, ("cart", Five), ("orders", Four));
        var told = await shared.TellAsync();
        Assert.Equal("errors", told.GetProperty("state").GetString());
        Assert.Equal(1, told.GetProperty("extraCopies").GetInt32());
        Assert.Equal(20_480, told.GetProperty("extraBytes").GetInt64());
        var orders = told.GetProperty("packages")[0].GetProperty("consumers")[1];
        Assert.Equal(("own", "orders@r1", 20_480), (Text(orders, "outcome"), Text(orders, "provider"), orders.GetProperty("extraBytes").GetInt32()));

        var page = Read(await shared.ShowAsync());
        Assert.StartsWith("1 error", page.Title, StringComparison.Ordinal);
        Assert.Contains("FED301", page.QuerySelector("main > h1 + .warnings")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("20 KB more", page.QuerySelector("#package-svelte")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_finds_no_copy_is_told_as_withheld()
    {
        await using var shared = await StartAsync(null, ("cart", Five), ("orders", [new("lit", null, "^3.0.0")]));
        var told = await shared.TellAsync();
        Assert.Equal("FED303", Text(told.GetProperty("problems")[0], "code"));
        var lit = told.GetProperty("packages")[0];
        Assert.False(lit.TryGetProperty("provider", out _));
        Assert.Equal("missing", Text(lit.GetProperty("consumers")[0], "outcome"));
        Assert.True(told.GetProperty("services")[1].GetProperty("withheld").GetBoolean());
        Assert.Contains("withheld", Read(await shared.ShowAsync()).QuerySelector("#service-orders")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_was_never_seen_is_a_warning()
    {
        await using var shared = await StartAsync(null, ("cart", Five));
        await using var silent = await ScriptedService.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("silent", silent.Address).With("Manifest", "/.well-known/stitcher.json").Page("/", "<p>page</p>"));
        var told = JsonDocument.Parse(await gateway.ManagementClient.GetStringAsync("/_stitcher/federation")).RootElement;
        Assert.Equal(("not-seen", "silent"), (Text(told.GetProperty("problems")[0], "code"), Text(told.GetProperty("problems")[0], "service")));
        Assert.Equal("not seen", Text(told.GetProperty("services")[0], "state"));
    }

    [Fact]
    public async Task A_service_that_is_down_is_told_with_when_it_was_seen_last_and_keeps_its_vote()
    {
        var clock = new LaterClock();
        await using var shared = await StartAsync(setup => setup.Time = clock, ("cart", Five), ("orders", [new("svelte", "5.0.5", "^5.0.0", Strict: true)]));
        await shared["cart"].StopAsync();
        await shared.HasAsync(told => told.GetProperty("services")[0].TryGetProperty("trouble", out _), "the last look failed");
        var first = (await shared.TellAsync()).GetProperty("problems")[0];
        Assert.Equal(("not-read", "cart"), (Text(first, "code"), Text(first, "service")));

        clock.Later = TimeSpan.FromMinutes(5);
        await shared.HasAsync(told => Text(told.GetProperty("services")[0], "state") == "stale", "the manifest is stale");
        var told = await shared.TellAsync();
        var problem = Assert.Single(told.GetProperty("problems").EnumerateArray(), p => (Text(p, "service"), Text(p, "code")) == ("cart", "FED120"));
        Assert.Equal("warning", Text(problem, "level"));
        Assert.InRange(told.GetProperty("services")[0].GetProperty("lastSeen").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        Assert.Contains("\"cart", told.GetProperty("packages")[0].GetRawText(), StringComparison.Ordinal);
        Assert.Contains(told.GetProperty("changes").EnumerateArray().SelectMany(change => change.GetProperty("items").EnumerateArray()), item => Text(item, "subject") == "cart" && Text(item, "says")!.StartsWith("does not answer", StringComparison.Ordinal));
        Assert.Contains("last seen", Read(await shared.ShowAsync()).QuerySelector("#service-cart")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parts_of_a_manifest_that_are_left_out_are_told_with_their_codes()
    {
        await using var shared = await StartAsync(null, ("cart", [.. Five, new("../up", "1.0.0", "^1.0.0")]));
        var told = await shared.TellAsync();
        Assert.Equal("FED331", Text(told.GetProperty("problems")[0], "code"));
        Assert.Equal("errors", Text(told, "state"));
    }

    [Fact]
    public async Task A_deployment_is_remembered_with_its_time_and_the_winner_it_changed()
    {
        await using var shared = await StartAsync(null, ("cart", Five), ("orders", Five));
        var before = (await shared.TellAsync()).GetProperty("generation").GetString();
        var start = DateTimeOffset.UtcNow.AddSeconds(-5);
        shared.Deploy("orders", "r2", new SharedRow("svelte", "5.4.0", "^5.0.0", Strict: true));
        await shared.HasAsync(told => told.GetProperty("generation").GetString() != before, "the map changed");

        var told = await shared.TellAsync();
        var change = told.GetProperty("changes")[0];
        Assert.InRange(change.GetProperty("at").GetDateTimeOffset(), start, DateTimeOffset.UtcNow);
        Assert.Equal(told.GetProperty("generation").GetString(), change.GetProperty("generation").GetString());
        var items = change.GetProperty("items").EnumerateArray().Select(i => $"{Text(i, "kind")} {Text(i, "subject")}: {Text(i, "says")}").ToList();
        Assert.Contains("service orders: revision r1 → r2", items);
        Assert.Contains("package svelte: 5.1.3 from cart → 5.4.0 from orders", items);
        Assert.Contains("5.4.0 from orders", Read(await shared.ShowAsync()).QuerySelector(".changes li")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_leaves_what_has_the_name_and_never_hides_a_problem()
    {
        await using var shared = await StartAsync(null, ("cart", [.. Five, new("lit", "3.3.3", "^3.0.0")]), ("orders", Four));
        var told = await shared.TellAsync("?q=LIT");
        Assert.Equal(["lit"], told.GetProperty("packages").EnumerateArray().Select(p => Text(p, "unit")));
        Assert.Empty(told.GetProperty("services").EnumerateArray());
        Assert.NotEmpty(told.GetProperty("problems").EnumerateArray());

        var page = Read(await shared.ShowAsync("?format=html&q=orders"));
        Assert.Equal(["service-orders"], page.QuerySelectorAll("tr[data-name]:not([hidden])").Select(e => e.Id));
        Assert.Equal(["package-svelte"], page.QuerySelectorAll("details[data-name]:not([hidden]) .inside").Select(e => e.Id));
        Assert.Equal("orders", ((IHtmlInputElement)page.GetElementById("q")!).Value);
        Assert.StartsWith("2 of 4", page.GetElementById("told")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_runs_only_its_own_script_and_names_that_want_to_be_markup_stay_text()
    {
        await using var shared = await StartAsync(null, ("cart", [new("a'><img", "1.0.0", "^1.0.0"), new("svelte", "1.0.0", "\"><script>alert(1)</script>")]));
        using var response = await shared.Gateway.ManagementClient.GetAsync("/_stitcher/federation?format=html&q=" + Uri.EscapeDataString("\"><script>alert(2)</script>"));
        var page = Read(await response.Content.ReadAsStringAsync());
        var script = Assert.Single(page.QuerySelectorAll("script"));
        Assert.Empty(page.QuerySelectorAll("img, [style], [onclick]"));
        var hash = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(script.TextContent)));
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith($"default-src 'none'; script-src 'sha256-{hash}'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self'; base-uri 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?format=portfolio")]
    public async Task The_federation_is_never_on_the_public_port(string query)
    {
        await using var shared = await StartAsync(null, ("cart", Five));
        using var response = await shared.Gateway.Client.GetAsync("/_stitcher/federation" + query);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task The_overview_of_plans_leads_to_it_and_back()
    {
        await using var shared = await StartAsync(null, ("cart", Five));
        var overview = Read(await shared.Gateway.ManagementClient.GetStringAsync("/_stitcher/plan?format=html"));
        Assert.NotEmpty(overview.QuerySelectorAll("main a[href='/_stitcher/federation']"));
        Assert.NotEmpty(Read(await shared.ShowAsync()).QuerySelectorAll("a[href='/_stitcher/plan']"));
    }

    [Fact]
    public async Task Every_id_on_the_page_is_there_once_and_every_link_within_it_leads_somewhere()
    {
        await using var shared = await StartAsync(
            null, ("cart", [.. Five, new("@shop/money", "0.0.51", "^0.0.51"), new("lodash", "4.17.21", "^4.17.0", Singleton: false)]), ("orders", [.. Four, new("@shop/money", "0.0.50", "^0.0.50"), new("lodash", "3.10.1", "^3.0.0", Singleton: false)]));
        var html = await shared.ShowAsync();
        var errors = new List<string>();
        var parser = new HtmlParser(new HtmlParserOptions { IsStrictMode = false });
        parser.Error += (_, error) => errors.Add(error.ToString()!);
        var page = parser.ParseDocument(html);
        Assert.Empty(errors);
        var ids = page.QuerySelectorAll("[id]").Select(static e => e.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.QuerySelectorAll("a[href^='#']"), link => Assert.Contains(link.GetAttribute("href")![1..], ids));
        Assert.NotNull(page.GetElementById("package-@shop/money"));
    }

    /// <summary>The system's clock, from some moment on ahead of it.</summary>
    private sealed class LaterClock : TimeProvider
    {
        public TimeSpan Later { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Later;
    }

    private static IHtmlDocument Read(string html) => new HtmlParser().ParseDocument(html);

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
