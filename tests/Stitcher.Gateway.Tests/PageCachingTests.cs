using System.IO.Hashing;
using System.Net;
using System.Text;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PageCachingTests
{
    private const string TwoSlots = "<fragment src=\"one/X\" timeout=\"8s\"></fragment><fragment src=\"two/X\" timeout=\"8s\"><p>none</p></fragment>";

    [Fact]
    public async Task A_page_lives_as_long_as_its_most_short_lived_fragment()
    {
        await using var shop = await StartAsync("max-age=600", "max-age=90");
        var response = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.InRange(response.Headers.CacheControl!.MaxAge!.Value, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        Assert.True(response.Headers.CacheControl.Public);
        Assert.Equal("Accept-Encoding", string.Join(',', response.Headers.Vary));
    }

    [Fact]
    public async Task A_page_is_never_kept_longer_than_its_own_limit()
    {
        await using var shop = await StartAsync("max-age=600", "max-age=900", ("LongestFreshness", "30s"));
        var response = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.CacheControl!.MaxAge);
    }

    [Theory]
    [InlineData("no-store")]
    [InlineData("private, max-age=60")]
    public async Task One_fragment_that_may_not_be_kept_makes_a_page_that_may_not(string cacheControl)
    {
        await using var shop = await StartAsync("max-age=600", cacheControl);
        var response = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task V139_The_same_page_twice_is_a_304_and_a_changed_one_is_not()
    {
        await using var shop = await StartAsync("max-age=600", "max-age=600");
        var first = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.True(first.Headers.ETag!.IsWeak);

        var second = await GetAsync(shop, first.Headers.ETag.ToString());
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.NotNull(second.Headers.CacheControl!.MaxAge);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(shop, "\"another\"")).StatusCode);

        await shop.Gateway.EditLayoutAsync("page-0.html", TwoSlots + "<p>edited</p>");
        await Eventually.HoldsAsync(async () => (await shop.Gateway.GetAsync("/")).Contains("edited", StringComparison.Ordinal), "the edited layout is served");
        Assert.Equal(HttpStatusCode.OK, (await GetAsync(shop, first.Headers.ETag.ToString())).StatusCode);
    }

    [Fact]
    public async Task Nobody_writes_a_page_that_is_taken_for_another()
    {
        // Two texts that a fast hash (XXH3) takes for one: whoever knows how it works makes such texts at once.
        string[] texts = [Text("good", "f/gf"), Text("f/gf", "good")];
        Assert.Single(texts.Select(text => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text))).Distinct());
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Answer.Html(texts[request.Target.EndsWith('1') ? 1 : 0]).With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Page("/", "<fragment src=\"one/X?text={query.text}\" timeout=\"8s\"></fragment>", ("Delivery", "Buffered"), ("Deadline", "10s")));

        var first = await gateway.Client.GetAsync("/?text=0", TestContext.Current.CancellationToken);
        var second = await gateway.Client.GetAsync("/?text=1", TestContext.Current.CancellationToken);

        Assert.NotNull(first.Headers.ETag);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);

        static string Text(string one, string two) => $"<p>{new string('a', 197)} @@@{one}{new string('a', 56)}icvs{two}{new string('a', 124)}</p>";
    }

    [Fact]
    public async Task V139_A_degraded_page_has_no_entity_tag_and_is_kept_by_nobody()
    {
        await using var shop = await StartAsync("max-age=600", "max-age=600");
        await shop.Two.StopAsync();
        var response = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Headers.ETag);
        Assert.True(response.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task What_depends_on_a_cookie_is_kept_by_nobody()
    {
        await using var one = await ScriptedService.StartAsync();
        one.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", one.Address, "X=/x")
            .Page("/", "<fragment src=\"one/X?currency={cookie.currency=EUR}\" timeout=\"8s\"></fragment>"));
        var response = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_page_carries_the_tags_of_all_its_fragments()
    {
        await using var shop = await StartAsync("max-age=600", "max-age=600");
        var response = await shop.Gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal("one-a one-b two-a two-b", Assert.Single(response.Headers.GetValues("Surrogate-Key")));
    }

    private static async Task<HttpResponseMessage> GetAsync(Shop shop, string ifNoneMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        return await shop.Gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<Shop> StartAsync(string first, string second, params (string, System.Text.Json.Nodes.JsonNode?)[] options)
    {
        var one = await ScriptedService.StartAsync();
        var two = await ScriptedService.StartAsync();
        one.Answers("/x", Answer.Html("<p>one</p>").With("Cache-Control", first).With("Surrogate-Key", "one-a one-b"));
        two.Answers("/x", Answer.Html("<p>two</p>").With("Cache-Control", second).With("Surrogate-Key", "two-a two-b"));

        // Buffered, so that the first request of a fresh gateway is a whole page, too.
        var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", one.Address, "X=/x")
            .Service("two", two.Address, "X=/x")
            .Page("/", TwoSlots, [("Delivery", "Buffered"), ("Deadline", "10s"), .. options]));
        return new Shop(gateway, one, two);
    }

    private sealed record Shop(GatewayUnderTest Gateway, ScriptedService One, ScriptedService Two) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await One.DisposeAsync();
            await Two.DisposeAsync();
        }
    }
}
