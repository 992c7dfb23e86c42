using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Stitcher.Fragments.Testing;
using Xunit;

namespace Stitcher.Fragments.Tests.Testing;

/// <summary>Each check finds the fragment that breaks it, and lets the sound one pass.</summary>
public sealed class FragmentContractTests
{
    private const string Sound = """
        <section class="shelf" data-module="products/Shelf" data-hydrate="visible" data-topics='{"breadcrumbs":[]}' data-timeout="5000">
          <h2>Shelf</h2>
          <table><tr><td>1</td></tr></table>
          <p>One<br>two <img src="../assets/1.svg" alt=""></p>
          <svg viewBox="0 0 1 1"><path d="M0 0"/></svg>
        </section>
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sound_fragment_keeps_the_whole_contract()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/fragments/shelf", ([Range(1, 9)] int page = 1, string? name = null) =>
                FragmentResults.Html($"{FragmentMarkup.Trusted(Sound)}<p title=\"{name}\"><a href=\"{name}\">{name} {page}</a></p>").Title("Shelf"))
            .WithModule("shelf.js").WithStyles("shelf.css").CacheFor(TimeSpan.FromSeconds(30)));
        await using var host = FragmentHost.For(service.App);

        var fragment = await (await host.GetAsync("Shelf", new { page = 2 }, ct: Token)).AssertContractAsync(Token);

        Assert.Equal(("/fragments/shelf?page=2", HttpStatusCode.OK), (fragment.Address, fragment.Status));
        Assert.Equal("kept 30 s for everybody, shown for 10 s more while a newer one is fetched, shown for 60 s more while its service fails", fragment.Kept);
        Assert.Equal("Shelf", fragment.Page.Title);
        Assert.Equal(["Shelf"], await host.NamesAsync(Token));
        await host.AssertManifestAsync(Token);
    }

    [Theory]
    [InlineData("<div><p>one</div>", "line 1, column 12: </div> comes while <p> of line 1, column 6 is open")]
    [InlineData("<div>\n  <em>one\n</div>\n", "</div> comes while <em> of line 2, column 3 is open")]
    [InlineData("<div>one", "line 1, column 1: <div> is never closed")]
    [InlineData("<p>one</p>\n</section>", "line 2, column 1: </section> closes nothing")]
    [InlineData("<p>one<div>two</div></p>", "line 1, column 7: <div> may not stand in <p>")]
    [InlineData("<table><tr><td>1</td></tr><p>two</p></table>", "<p> may not stand in <table>")]
    [InlineData("<tr><td>1</td></tr>", "line 1, column 1: <tr> has no place here; a browser drops it")]
    [InlineData("<a href=\"/\">one <a href=\"/x\">two</a></a>", "<a>")]
    [InlineData("<div/><p>one</p>", "<div/> does not close itself")]
    [InlineData("<ul><li>1<li>2</ul>", "</ul> comes while <li>")]
    public async Task What_a_browser_would_change_is_told_with_its_place(string html, string finding)
    {
        await using var service = await StartAsync(app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Trusted(html)));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        Assert.Contains(finding, Assert.Throws<FragmentContractException>(fragment.AssertBalanced).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>{0}</p>", "comes out as markup")]
    [InlineData("<!-- {0} -->", "comes out as markup")]
    [InlineData("<p title=\"{1}\">x</p>", "leaves its attribute in <p>")]
    [InlineData("<p title='{2}'>x</p>", "leaves its attribute in <p>")]
    [InlineData("<p title={1}>x</p>", "leaves its attribute in <p>")]
    [InlineData("<a href=\"{3}\">x</a>", "runs as script")]
    public async Task A_parameter_that_is_not_encoded_is_found(string template, string finding)
    {
        await using var service = await StartAsync(app => app.MapFragment("Shelf", "/shelf", (string? other = null, string name = "") => FragmentMarkup.Trusted(string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            template,
            name,
            name.Replace("<", "&lt;", StringComparison.Ordinal),
            name.Replace("<", "&lt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal),
            WebUtility.HtmlEncode(name)))));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        var found = await Assert.ThrowsAsync<FragmentContractException>(() => fragment.AssertEncodedAsync(Token));
        Assert.Contains("the value of name", found.Message, StringComparison.Ordinal);
        Assert.Contains(finding, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p onclick=\"go()\">x</p>", "the attribute onclick of <p> is taken out at trust App")]
    [InlineData("<p>x</p><script>go()</script>", "line 1, column 9: <script> is taken out")]
    [InlineData("<a href=\"javascript:go()\">x</a>", "the attribute href of <a>")]
    [InlineData("<base href=\"/\">", "<base> is taken out")]
    [InlineData("<img name=\"cookie\" alt=\"\">", "a gateway refuses it")]
    public async Task What_a_gateway_would_take_out_is_told(string html, string finding)
    {
        await using var service = await StartAsync(app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Trusted(html)));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        Assert.Contains(finding, Assert.Throws<FragmentContractException>(fragment.AssertTrusted).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><title>a</title><title>b</title><p>x</p>", "there is a second <title>")]
    [InlineData("<!doctype html><title> </title><p>x</p>", "the <title> is empty")]
    [InlineData("<!doctype html><script>go()</script><p>x</p>", "a gateway takes <script> out of the head")]
    [InlineData("<!doctype html><meta http-equiv=refresh content=0><p>x</p>", "a gateway takes <meta> out of the head")]
    public async Task What_the_page_would_not_take_into_its_head_is_told(string html, string finding)
    {
        await using var service = await StartAsync(app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Trusted(html)));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        Assert.Contains(finding, Assert.Throws<FragmentContractException>(fragment.AssertHead).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_to_somebody_else_is_told()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/shelf", (HttpContext http) =>
        {
            http.Response.Headers.Link = "<https://elsewhere.example/x.css>; rel=stylesheet";
            return FragmentMarkup.Html($"<p>x</p>");
        }));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        Assert.Contains("of 1 links in its Link header a gateway takes 0", Assert.Throws<FragmentContractException>(fragment.AssertHead).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p data-module=\"products/Other\">x</p>", "data-module=\"products/Other\" is no module")]
    [InlineData("<p data-module=\"products/Shelf\" data-hydrate=\"later\">x</p>", "data-hydrate=\"later\" is no moment")]
    [InlineData("<p data-module=\"products/Shelf\" data-fragment=\"/shelf\">x</p>", "data-fragment=\"/shelf\" is not where browsers get it")]
    [InlineData("<p data-module=\"products/Shelf\" data-fragment=\"/_f/products/Shelf?page=2\">x</p>", "and the manifest does not")]
    [InlineData("<p data-module=\"products/Shelf\" data-topics=\"[1]\">x</p>", "data-topics is no JSON object")]
    [InlineData("<p data-module=\"products/Shelf\" data-timeout=\"5s\">x</p>", "data-timeout=\"5s\" is no number")]
    [InlineData("<p data-hydrate=\"load\">x</p>", "data-hydrate says when, and no data-module says what")]
    [InlineData("<div><p data-module=\"products/Shelf\">x</p></div>", "<p> inside the fragment has marks")]
    public async Task Marks_that_the_runtime_would_not_understand_are_told(string html, string finding)
    {
        await using var service = await StartAsync(app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Trusted(html)).WithModule("shelf.js"));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", ct: Token);

        Assert.Contains(finding, Assert.Throws<FragmentContractException>(fragment.AssertMarks).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Caching_that_contradicts_itself_is_told()
    {
        await using var service = await StartAsync(static app =>
        {
            app.MapGet("/a", static (HttpContext http) => Html(http, null));
            app.MapGet("/b", static (HttpContext http) =>
            {
                http.Response.Headers.SetCookie = "a=b";
                return Html(http, "public, max-age=30");
            });
            app.MapGet("/c", static (HttpContext http) =>
            {
                http.Response.Headers.ETag = "\"1\"";
                return Html(http, "max-age=30");
            });
            app.MapGet("/d", static (HttpContext http) =>
            {
                http.Response.Headers.Vary = "*";
                return Html(http, "max-age=30");
            });
            app.MapGet("/.well-known/stitcher.json", static () =>
                """{"schema":1,"name":"products","revision":"1","exposes":[{"key":"./A","fragment":"/a"},{"key":"./B","fragment":"/b"},{"key":"./C","fragment":"/c"},{"key":"./D","fragment":"/d"}]}""");
        }, writesItsOwnManifest: true);
        await using var host = FragmentHost.At(service.Http.BaseAddress!);

        Assert.Contains("does not say how long", await CachingOf(host, "A"), StringComparison.Ordinal);
        Assert.Contains("it sets a cookie and says 'public, max-age=30'", await CachingOf(host, "B"), StringComparison.Ordinal);
        Assert.Contains("asked with its own ETag \"1\" it answers 200", await CachingOf(host, "C"), StringComparison.Ordinal);
        Assert.Contains("Vary: *", await CachingOf(host, "D"), StringComparison.Ordinal);
        Assert.Equal("not kept: set-cookie", (await host.GetAsync("B", ct: Token)).Kept);
    }

    [Fact]
    public async Task What_is_over_the_budget_is_told()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Trusted(new string('x', 2000))));
        await using var host = FragmentHost.For(service.App);
        host.Budget = new FragmentBudget { Bytes = 1999, Time = TimeSpan.FromTicks(1) };
        var fragment = await host.GetAsync("Shelf", ct: Token);

        var found = await Assert.ThrowsAsync<FragmentContractException>(() => fragment.AssertBudgetAsync(Token));
        Assert.Contains("its body has 2,000 bytes, the budget is 1,999", found.Message, StringComparison.Ordinal);
        Assert.Contains("at best, the budget is 0 ms", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_cannot_be_and_are_taken_all_the_same_are_told()
    {
        await using var service = await StartAsync(static app =>
        {
            app.MapFragment("Sound", "/sound/{id:int}", (int id, string wanted, [Range(1, 9)] int page = 1, bool compact = false) => FragmentMarkup.Html($"<p>{id} {page} {compact} {wanted}</p>"));
            app.MapGet("/loose", static (HttpContext http, int page) => Html(http, "no-store"))
                .WithMetadata(Definition("Loose", new FragmentParameter("page", "whole number 1 to 9", IsInPath: false, IsRequired: true, Default: null)
                {
                    ValueType = typeof(int),
                    Range = new RangeAttribute(1, 9),
                }));
        });
        await using var host = FragmentHost.For(service.App);

        await (await host.GetAsync("Sound", new { wanted = "x" }, ct: Token)).AssertRangesAsync(Token);
        var loose = await host.GetAsync("Loose", new { page = 1 }, ct: Token);
        var found = await Assert.ThrowsAsync<FragmentContractException>(() => loose.AssertRangesAsync(Token));
        Assert.Contains("page=0 is answered by 200; what is not from 1 to 9 is a 400", found.Message, StringComparison.Ordinal);
        Assert.Contains("page=10 is answered by 200", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_that_needs_to_be_asked_for_something_is_told()
    {
        await using var service = await StartAsync(static app =>
        {
            app.MapFragment("Needy", "/needy", (string name) => FragmentMarkup.Html($"<p>{name}</p>"));
            app.MapFragment("Card", "/card/{id:int}", (int id) => id == 7 ? FragmentResults.Html($"<p>{id}</p>") : FragmentResults.NotFound()).WithSample("id", "7");
        });
        await using var host = FragmentHost.For(service.App);

        await (await host.GetAsync("Card", new { id = 9 }, ct: Token)).AssertWorksAloneAsync(Token);
        var needy = await host.GetAsync("Needy", new { name = "x" }, ct: Token);
        var found = await Assert.ThrowsAsync<FragmentContractException>(() => needy.AssertWorksAloneAsync(Token));
        Assert.Contains("asked as /needy, without parameters, it answers 400", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_that_names_what_is_not_there_is_told()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Empty).WithModule("lost.js").WithStyles("../outside.css"));
        await using var host = FragmentHost.For(service.App);

        var found = await Assert.ThrowsAsync<FragmentContractException>(() => host.AssertManifestAsync(Token));
        Assert.Contains("lost.js, of which modules says nothing", found.Message, StringComparison.Ordinal);
        Assert.Contains("FED", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_in_one_message()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/shelf", (string name) => FragmentMarkup.Trusted($"<p onclick=\"x\">{name}<div></div></p>")));
        await using var host = FragmentHost.For(service.App);
        var fragment = await host.GetAsync("Shelf", new { name = "x" }, ct: Token);

        var found = await Assert.ThrowsAsync<FragmentContractException>(() => fragment.AssertContractAsync(Token));
        Assert.StartsWith("products/Shelf, asked as /shelf?name=x, breaks the contract with gateways:\n- ", found.Message, StringComparison.Ordinal);
        foreach (var part in (string[])["may not stand in <p>", "onclick", "comes out as markup", "without parameters"])
        {
            Assert.Contains(part, found.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_fragment_that_is_not_there_is_told_with_those_that_are()
    {
        await using var service = await StartAsync(static app => app.MapFragment("Shelf", "/shelf", () => FragmentMarkup.Empty));
        await using var host = FragmentHost.For(service.App);

        var found = await Assert.ThrowsAsync<FragmentContractException>(() => host.GetAsync("Shelves", ct: Token));
        Assert.Equal("products has no fragment Shelves; its manifest names Shelf.", found.Message);
    }

    private static async Task<string> CachingOf(FragmentHost host, string name)
    {
        var fragment = await host.GetAsync(name, ct: Token);
        return (await Assert.ThrowsAsync<FragmentContractException>(() => fragment.AssertCachingAsync(Token))).Message;
    }

    private static FragmentDefinition Definition(string name, FragmentParameter parameter) => new(name) { Parameters = [parameter] };

    private static IResult Html(HttpContext http, string? caching)
    {
        http.Response.Headers.CacheControl = caching;
        return Results.Text("<p>x</p>", "text/html", Encoding.UTF8);
    }

    private static Task<RunningService> StartAsync(Action<WebApplication> map, bool writesItsOwnManifest = false) => RunningService.StartAsync(
        app =>
        {
            app.UseFragmentAssets();
            map(app);
            if (!writesItsOwnManifest)
            {
                app.MapManifest();
            }
        },
        files: [("assets/shelf.js", "export default () => {};"), ("assets/shelf.css", ".shelf { }"), ("assets/1.svg", "<svg/>")]);
}
