using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PolicyTests
{
    [Fact]
    public async Task A_page_forbids_every_script_and_style_that_its_layout_does_not_have()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p onclick=\"steal()\">x</p><script>steal()</script>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Service("one", service.Address, "X=/x")
            .Set("Stitcher:AssetOrigins:0", "https://cdn.example.com")
            .Page("/", "<!doctype html><html><head><title>t</title><script>layout()</script></head><body><fragment src=\"one/X\" timeout=\"8s\"></fragment></body></html>", ("Deadline", "10s")));
        var response = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        var page = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("steal", page, StringComparison.Ordinal);

        // The hash of "layout()" as any other tool computes it: printf 'layout()' | openssl dgst -sha256 -binary | base64
        const string layoutHash = "'sha256-bidARMseuvEUgO787zkaO5I43U2el9UtcxteLOdaZ3Q='";
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains($"script-src 'self' https://cdn.example.com {layoutHash};", policy, StringComparison.Ordinal);
        Assert.Contains("style-src 'self' https://cdn.example.com;", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Style_attributes_work_on_the_pages_that_say_so(bool allowed)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>x</p>", ("InlineStyleAttributes", allowed)));
        var response = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(allowed, Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Contains("style-src-attr 'unsafe-inline'", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_trusted_service_brings_the_inline_scripts_whose_hashes_the_operator_has_named_and_no_other_runs()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p><script>layout()</script><script>other()</script>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x").With("Trust", "Trusted").With("ScriptHashes:0", "sha256-bidARMseuvEUgO787zkaO5I43U2el9UtcxteLOdaZ3Q=")
            .Page("/", "<fragment src=\"one/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));
        var response = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Contains("<script>layout()</script>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        // Hashes of inline code are made by a browser from what it sees: the one that is not named stays out of the policy.
        var scripts = Assert.Single(response.Headers.GetValues("Content-Security-Policy")).Split(';', StringSplitOptions.TrimEntries).Single(d => d.StartsWith("script-src ", StringComparison.Ordinal));
        Assert.Contains("'sha256-bidARMseuvEUgO787zkaO5I43U2el9UtcxteLOdaZ3Q='", scripts, StringComparison.Ordinal);
        Assert.Single(scripts.Split(' '), source => source.StartsWith("'sha256-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("X-Content-Type-Options", "nosniff")]
    [InlineData("X-Frame-Options", "SAMEORIGIN")]
    [InlineData("Referrer-Policy", "strict-origin-when-cross-origin")]
    [InlineData("Cross-Origin-Opener-Policy", "same-origin")]
    [InlineData("Cross-Origin-Resource-Policy", "same-origin")]
    public async Task A_page_has_the_headers_that_keep_it_apart_from_other_sites(string name, string value)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>x</p>"));
        var response = await gateway.Client.GetAsync("/", TestContext.Current.CancellationToken);
        Assert.Equal(value, Assert.Single(response.Headers.GetValues(name)));
    }

    [Theory]
    [InlineData("AssetOrigins", "https://cdn.example.com; script-src *")]
    [InlineData("AssetOrigins", "*")]
    public async Task A_policy_cannot_be_widened_by_a_crafted_setting(string option, string value)
    {
        var exception = await Assert.ThrowsAsync<Stitcher.Configuration.StitcherConfigurationException>(() =>
            GatewayUnderTest.StartAsync(setup => setup.Set($"Stitcher:{option}:0", value).Page("/", "<p>x</p>")));
        Assert.Contains($"Stitcher:{option}:0", exception.Message, StringComparison.Ordinal);
    }
}
