using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests.Deployment;

[Collection(DeployedCollection.Name)]
public sealed partial class BehindNginxTests
{
    private readonly PublishedShop _shop;

    public BehindNginxTests(PublishedShop shop)
    {
        Assert.SkipUnless(PublishedShop.Missing is null, PublishedShop.Missing ?? "");
        _shop = shop;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_goes_through_whole_and_as_the_gateway_says_it_may_be_kept()
    {
        // Asked again when a busy machine used up a slot's time.
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await _shop.Nginx.Client.GetAsync("/", Token);
                Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
                Assert.NotNull(response.Headers.CacheControl);
                Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
                return (await response.Content.ReadAsStringAsync(Token)).Contains("data-module=\"products/", StringComparison.Ordinal);
            },
            "the page has a part of the products");
    }

    [Fact]
    public async Task The_gateway_compresses_a_page_and_nginx_leaves_it_so()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/products") { Headers = { { "Accept-Encoding", "br, gzip" } } };
        using var response = await _shop.Nginx.Client.SendAsync(request, Token);
        using var direct = new HttpRequestMessage(HttpMethod.Get, "/products") { Headers = { { "Accept-Encoding", "br, gzip" } } };
        using var own = await _shop.Gateways.Values.First().Client.SendAsync(direct, Token);

        Assert.NotEmpty(own.Content.Headers.ContentEncoding);
        Assert.Equal(own.Content.Headers.ContentEncoding, response.Content.Headers.ContentEncoding);
    }

    [Fact]
    public async Task A_pages_first_bytes_arrive_while_its_last_service_still_thinks()
    {
        _shop["analytics"].Pause();
        try
        {
            // The deferred slot of the service that stands still has 800 ms; no time passes between its pieces where the reader itself stood still, so it may
            // take more than one look. No gateway remembers the figures.
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var page = await RawPage.RequestAsync(_shop.Nginx.Address, "/analytics?range=90d");
                    await page.ReadUntilAsync("</header>");
                    var whole = await page.ReadToEndAsync();
                    return whole.Arrivals[^1].At - whole.Arrivals[0].At > TimeSpan.FromMilliseconds(300);
                },
                "the first bytes of the page arrive a while before its last");
        }
        finally
        {
            _shop["analytics"].Resume();
        }
    }

    [Fact]
    public async Task A_file_with_its_content_in_its_address_is_kept_for_a_year_for_every_origin()
    {
        var address = await ModuleAddressAsync();
        using var first = await AskAsync(address);
        using var second = await AskAsync(address);

        Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (first.StatusCode, first.Headers.CacheControl?.ToString().Replace("=31536000, ", "=31536000, ", StringComparison.Ordinal)));
        Assert.Equal(["*"], first.Headers.GetValues("Access-Control-Allow-Origin"));
        Assert.False(first.Headers.Contains("Access-Control-Allow-Methods"));
        Assert.Equal(["HIT"], second.Headers.GetValues("X-Cache"));
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.False(second.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_file_is_not_sent_twice_and_comes_compressed()
    {
        var address = await ModuleAddressAsync();
        using var first = await AskAsync(address, ("Accept-Encoding", "gzip"));
        using var again = await AskAsync(address, ("If-None-Match", first.Headers.ETag!.ToString()), ("Accept-Encoding", "gzip"));

        Assert.Equal(["gzip"], first.Content.Headers.ContentEncoding);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Token));
    }

    [Theory]
    [InlineData("/_s/products/assets/product-catalog.css", "max-age=60")]
    [InlineData("/_s/products/~0000000000000000/product-catalog.js", "no-store")]
    public async Task What_may_change_at_its_address_is_kept_no_longer_than_its_owner_says(string address, string caching)
    {
        using var response = await AskAsync(address);

        Assert.Contains(caching, response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["*"], response.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_preflight_for_a_file_is_answered_without_a_gateway()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/_s/products/assets/product-catalog.js")
        {
            Headers = { { "Origin", "https://elsewhere.example" }, { "Access-Control-Request-Method", "GET" } },
        };
        using var response = await _shop.Nginx.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["GET, HEAD, OPTIONS"], response.Headers.GetValues("Access-Control-Allow-Methods"));
        Assert.Equal(["Content-Type"], response.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.Equal(["86400"], response.Headers.GetValues("Access-Control-Max-Age"));
    }

    [Theory]
    [InlineData("/_s/products/.well-known/stitcher.json")]
    [InlineData("/.well-known/stitcher.json")]
    [InlineData("/health/ready")]
    [InlineData("/metrics")]
    [InlineData("/_stitcher/plan?path=/")]
    [InlineData("/_edge/unavailable.html")]
    public async Task What_is_not_for_browsers_cannot_be_reached(string address)
    {
        using var response = await AskAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Only_a_balancer_that_is_known_is_believed_about_the_client()
    {
        using var stranger = await _shop.Nginx.Client.SendAsync(Request(), Token);
        using var balancer = await _shop.Nginx.FromBalancer.SendAsync(Request(), Token);

        // The gateway speaks of https only to whom it is spoken by https.
        Assert.False(stranger.Headers.Contains("Strict-Transport-Security"));
        Assert.True(balancer.Headers.Contains("Strict-Transport-Security"));

        static HttpRequestMessage Request() => new(HttpMethod.Get, "/products") { Headers = { { "X-Forwarded-Proto", "https" } } };
    }

    [Fact]
    public async Task Who_signs_in_is_known_to_every_gateway_even_by_a_form_that_was_open_while_its_service_was_replaced()
    {
        var token = await OpenFormAsync();
        await _shop.ReplaceAsync("users");

        // The new one is there as soon as it shows a form of its own.
        await OpenFormAsync();
        using var filledIn = Request(HttpMethod.Post);
        filledIn.Headers.Add("Sec-Fetch-Site", "same-origin");
        filledIn.Content = new FormUrlEncodedContent([new("form-token", token), new("email", "ada@saltmarsh.example"), new("password", "saltmarsh"), new("return", "/orders")]);
        using var answer = await _shop.Nginx.FromBalancer.SendAsync(filledIn, Token);

        Assert.Equal((HttpStatusCode.SeeOther, "/orders"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith("__Host-stitcher.session=", StringComparison.Ordinal));
        foreach (var gateway in _shop.Gateways.Values)
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, "/products") { Headers = { { "X-Forwarded-Proto", "https" }, { "Cookie", cookie.Split(';')[0] } } };
                    using var page = await gateway.Client.SendAsync(request, Token);
                    return (await page.Content.ReadAsStringAsync(Token)).Contains("Ada Holt", StringComparison.Ordinal);
                },
                $"{gateway.Address} knows who is signed in");
        }

        // Asked for again when a busy machine used up the form's time.
        async Task<string> OpenFormAsync()
        {
            var form = Match.Empty;
            await Eventually.HoldsAsync(
                async () =>
                {
                    using var request = Request(HttpMethod.Get);
                    using var page = await _shop.Nginx.FromBalancer.SendAsync(request, Token);
                    form = FormTokenField().Match(await page.Content.ReadAsStringAsync(Token));
                    return form.Success;
                },
                "the page has a form to sign in",
                RunningShop.Recovery);
            return form.Groups["token"].Value;
        }

        static HttpRequestMessage Request(HttpMethod method) => new(method, "/sign-in") { Headers = { { "X-Forwarded-Proto", "https" } } };
    }

    [Fact]
    public async Task A_name_that_is_not_the_sites_is_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { Host = "elsewhere.example" } };
        using var response = await _shop.Nginx.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Too_large_a_form_is_refused_in_the_gateways_words()
    {
        using var content = new ByteArrayContent(new byte[2 * 1024 * 1024]);
        using var response = await _shop.Nginx.Client.PostAsync("/cart", content, Token);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.DoesNotMatch(Nginx(), await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task One_of_two_gateways_dies_and_nobody_notices()
    {
        var (management, gateway) = _shop.Gateways.First();
        await gateway.KillAsync();
        try
        {
            for (var i = 0; i < 20; i++)
            {
                using var response = await AskAsync("/products");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            }
        }
        finally
        {
            await _shop.StartAgainAsync(management);
        }
    }

    [Fact]
    public async Task Without_a_gateway_a_visitor_reads_what_to_do_and_files_are_still_there()
    {
        var module = await ModuleAddressAsync();
        (await AskAsync(module)).Dispose();
        foreach (var gateway in _shop.Gateways.Values)
        {
            await gateway.KillAsync();
        }

        try
        {
            using var page = await AskAsync("/products", ("Accept", "text/html"));
            var text = await page.Content.ReadAsStringAsync(Token);
            Assert.Equal((HttpStatusCode.BadGateway, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
            Assert.Equal(TimeSpan.FromSeconds(5), page.Headers.RetryAfter?.Delta);
            Assert.Contains("no-store", page.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.Contains("<h1>Back in a moment</h1>", text, StringComparison.Ordinal);
            Assert.Contains("lang=\"en\"", text, StringComparison.Ordinal);

            using var form = new StringContent("id=1", Encoding.UTF8, "application/x-www-form-urlencoded");
            using var post = new HttpRequestMessage(HttpMethod.Post, "/cart") { Content = form, Headers = { { "Accept", "application/json" } } };
            using var answer = await _shop.Nginx.Client.SendAsync(post, Token);
            Assert.Equal((HttpStatusCode.BadGateway, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.Contains("\"ok\":false", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

            using var file = await AskAsync(module);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }
        finally
        {
            await _shop.StartAgainAsync([.. _shop.Gateways.Keys]);
        }

        await Eventually.HoldsAsync(
            async () =>
            {
                using var back = await AskAsync("/products");
                return back.StatusCode == HttpStatusCode.OK;
            },
            "the shop is back");
    }

    private async Task<HttpResponseMessage> AskAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _shop.Nginx.Client.SendAsync(request, Token);
    }

    /// <summary>Where the import map of a page leads for a module of the products.</summary>
    private async Task<string> ModuleAddressAsync()
    {
        var match = Match.Empty;
        await Eventually.HoldsAsync(
            async () => (match = Module().Match(await _shop.Nginx.Client.GetStringAsync("/products", Token))).Success, "the page names a module of the products");
        return match.Value;
    }

    [GeneratedRegex(@"/_s/products/~[^/""]+/[\w.-]*\.js")]
    private static partial Regex Module();

    [GeneratedRegex(@"name=""form-token"" value=""(?<token>[^""]+)""")]
    private static partial Regex FormTokenField();

    [GeneratedRegex("nginx", RegexOptions.IgnoreCase)]
    private static partial Regex Nginx();
}
