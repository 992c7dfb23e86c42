using System.Net;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Stitcher.Fragments.Tests.Serving;

public sealed class FragmentCachingTests
{
    [Fact]
    public async Task Declared_caching_is_plain_http()
    {
        await using var service = await RunningService.StartAsync(static app => app
            .MapFragment("A", "/a", () => FragmentResults.Html($"<p>a</p>").WithTags("product:7"))
            .CacheFor(TimeSpan.FromSeconds(30))
            .StaleFor(whileRevalidate: TimeSpan.FromMinutes(1), ifError: TimeSpan.FromHours(1))
            .VaryBy("Accept-Language")
            .WithTags("products"));
        using var answer = await service.GetAsync("/a");

        Assert.Equal(["public, max-age=30, stale-while-revalidate=60, stale-if-error=3600"], Raw(answer, "Cache-Control"));
        Assert.Equal(["Accept-Language"], Raw(answer, "Vary"));
        Assert.Equal(["products product:7"], Raw(answer, "Surrogate-Key"));
    }

    [Fact]
    public async Task What_belongs_to_one_user_says_so()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("A", "/a", () => FragmentMarkup.Empty).CacheFor(TimeSpan.FromSeconds(10)).Private();
            app.MapFragment("B", "/b", () => FragmentMarkup.Empty).Private();
        });
        using var kept = await service.GetAsync("/a");
        using var unkept = await service.GetAsync("/b");

        Assert.Equal(["private, max-age=10"], Raw(kept, "Cache-Control"));
        Assert.Equal(["private, no-store"], Raw(unkept, "Cache-Control"));
    }

    [Fact]
    public async Task An_answer_may_be_cached_otherwise_than_its_fragment()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("A", "/a", () => FragmentResults.NotFound().CacheFor(TimeSpan.FromSeconds(5)))
                .CacheFor(TimeSpan.FromHours(1));
            app.MapFragment("B", "/b", () => FragmentResults.Html($"<p>b</p>").NoStore()).CacheFor(TimeSpan.FromHours(1));
        });
        using var a = await service.GetAsync("/a");
        using var b = await service.GetAsync("/b");

        Assert.Equal(["public, max-age=5"], Raw(a, "Cache-Control"));
        Assert.Equal(["no-store"], Raw(b, "Cache-Control"));
        Assert.Null(b.Headers.ETag);
    }

    [Fact]
    public async Task An_answer_cannot_make_public_what_its_fragment_keeps_private()
    {
        await using var service = await RunningService.StartAsync(static app =>
        {
            app.MapFragment("A", "/a", () => FragmentResults.Html($"<p>a</p>").CacheFor(TimeSpan.FromSeconds(5)))
                .CacheFor(TimeSpan.FromSeconds(30)).StaleFor(ifError: TimeSpan.FromSeconds(60)).Private();
            app.MapFragment("B", "/b", () => FragmentResults.Html($"<p>b</p>").Private()).CacheFor(TimeSpan.FromSeconds(30));
        });
        using var a = await service.GetAsync("/a");
        using var b = await service.GetAsync("/b");

        Assert.Equal(["private, max-age=5, stale-if-error=60"], Raw(a, "Cache-Control"));
        Assert.Equal(["private, max-age=30"], Raw(b, "Cache-Control"));
    }

    [Theory]
    [InlineData("exact", HttpStatusCode.NotModified)]
    [InlineData("*", HttpStatusCode.NotModified)]
    [InlineData("list", HttpStatusCode.NotModified)]
    [InlineData("W/\"other\"", HttpStatusCode.OK)]
    [InlineData("nonsense", HttpStatusCode.OK)]
    public async Task A_body_the_caller_has_is_not_sent_again(string condition, HttpStatusCode status)
    {
        await using var service = await RunningService.StartAsync(static app =>
            app.MapFragment("A", "/a", () => FragmentMarkup.Html($"<p>a</p>")).CacheFor(TimeSpan.FromSeconds(30)).VaryBy("Accept-Language"));
        using var first = await service.GetAsync("/a");
        var tag = first.Headers.ETag!.ToString();
        using var again = await service.GetAsync("/a", ("If-None-Match", condition switch { "exact" => tag, "list" => $"\"x\", {tag}", _ => condition }));

        Assert.Equal(status, again.StatusCode);
        Assert.Equal(tag, again.Headers.ETag?.ToString());
        Assert.Equal(["public, max-age=30"], Raw(again, "Cache-Control"));
        Assert.Equal(["Accept-Language"], Raw(again, "Vary"));
        Assert.Equal(
            status == HttpStatusCode.OK ? "<p>a</p>" : "", await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_body_has_another_tag()
    {
        var count = 0;
        await using var service = await RunningService.StartAsync(app =>
            app.MapFragment("A", "/a", () => FragmentMarkup.Html($"<p>{count++}</p>")).CacheFor(TimeSpan.FromSeconds(30)));
        using var first = await service.GetAsync("/a");
        using var again = await service.GetAsync("/a", ("If-None-Match", first.Headers.ETag!.ToString()));

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.NotEqual(first.Headers.ETag, again.Headers.ETag);
    }

    [Fact]
    public void Times_that_a_header_cannot_say_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => FragmentResults.Nothing().CacheFor(TimeSpan.FromMilliseconds(1500)));
        Assert.Throws<ArgumentOutOfRangeException>(static () => FragmentResults.Nothing().CacheFor(TimeSpan.FromSeconds(-1)));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\nbreak")]
    [InlineData("é")]
    [InlineData("")]
    public void A_tag_that_a_header_cannot_carry_is_refused(string tag) =>
        Assert.Throws<ArgumentException>(() => FragmentResults.Nothing().WithTags(tag));

    [Theory]
    [InlineData("card-9f2c51ab.js", true)]
    [InlineData("index-BQx3k9fZ.js", true)]
    [InlineData("chunk.4f3a2b1c9d.css", true)]
    [InlineData("product-catalog.js", false)]
    [InlineData("format-1.1.0.js", false)]
    [InlineData("report-20261122.js", false)]
    [InlineData("abcdef12.js", false)]
    public async Task Files_named_for_their_content_are_kept_for_a_year_and_others_for_a_minute(string name, bool isHashed)
    {
        await using var service = await RunningService.StartAsync(static app => app.UseFragmentAssets(), files: ($"assets/{name}", "x"));
        using var answer = await service.GetAsync($"/assets/{name}");
        using var again = await service.GetAsync($"/assets/{name}", ("If-None-Match", answer.Headers.ETag!.ToString()));

        Assert.Equal([isHashed ? "public, max-age=31536000, immutable" : "public, max-age=60"], Raw(answer, "Cache-Control"));
        Assert.Equal(["nosniff"], Raw(answer, "X-Content-Type-Options"));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    private static string[] Raw(HttpResponseMessage answer, string name) => [.. answer.Headers.NonValidated[name]];
}
