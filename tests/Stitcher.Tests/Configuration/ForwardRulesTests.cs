using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class ForwardRulesTests
{
    [Theory]
    [InlineData("Cookie", "would send every cookie")]
    [InlineData("authorization", "would hand one credential to every service")]
    [InlineData("Forwarded", "is how proxies in front speak to each other")]
    [InlineData("X-Forwarded-For", "is how proxies in front speak to each other")]
    [InlineData("X-Original-URL", "is how proxies in front speak to each other")]
    [InlineData("X-HTTP-Method-Override", "is how proxies in front speak to each other")]
    [InlineData("Proxy-Authorization", "is about one connection")]
    [InlineData("Transfer-Encoding", "is about one connection")]
    [InlineData("TE", "is about one connection")]
    [InlineData("Range", "is about a copy of the page")]
    [InlineData("If-None-Match", "is about a copy of the page")]
    [InlineData("Content-Type", "is about a body")]
    [InlineData("Accept-Language", "has endless values")]
    [InlineData("Stitcher-Identity", "is set by the gateway")]
    [InlineData("X-Request-Id", "is set by the gateway")]
    [InlineData("baggage", "is set by the gateway")]
    [InlineData("X_User", "has an underscore")]
    [InlineData("X User", "is no name of a header")]
    public void V_060_A_header_that_no_service_may_get_is_refused_with_the_reason(string name, string reason)
    {
        var error = Assert.Single(ErrorsOf($$"""{ "Headers": [ "X-Fine", "{{name}}" ] }"""));
        Assert.StartsWith($"appsettings.json, Stitcher:Services:0:Forward:Headers:1: '{name}' {reason}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__Host-session", "begins with a prefix that is the gateway's own")]
    [InlineData(".AspNetCore.Antiforgery.x", "is the gateway's own session")]
    [InlineData("a b", "is no name of a cookie")]
    public void A_cookie_that_no_service_may_get_is_refused_with_the_reason(string name, string reason) =>
        Assert.Contains($"Stitcher:Services:0:Forward:Cookies:0: '{name}' {reason}", Assert.Single(ErrorsOf($$"""{ "Cookies": [ "{{name}}" ] }""")), StringComparison.Ordinal);

    [Fact]
    public void More_headers_than_can_be_remembered_by_are_refused() =>
        Assert.Contains("9 headers; expected at most 8", Assert.Single(ErrorsOf($$"""{ "Headers": [ {{string.Join(',', Enumerable.Range(0, 9).Select(i => $"\"X-{i}\""))}} ] }""")), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"secret\"", "the value is no reference to a key")]
    [InlineData("\"env:STITCHER_NO_SUCH_KEY\"", "there is no environment variable 'STITCHER_NO_SUCH_KEY'")]
    [InlineData("\"file:/no/such/key.pem\"", "the file '/no/such/key.pem' cannot be read")]
    [InlineData("null", "is missing, and service 'products' is to be told who asks")]
    public void V_118_A_signing_key_that_is_none_is_refused_and_never_told(string key, string reason)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Identity": { "Key": {{key}} }, "Services": [ { "Name": "products", "Identity": { "Send": true } } ] } }""");
        var error = Assert.Single(files.Read(clusters: "products").Errors);
        Assert.Contains($"Stitcher:Identity:Key: {reason}", error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret'", error, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> ErrorsOf(string forward)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Services": [ { "Name": "products", "Forward": {{forward}} } ] } }""");
        return files.Read(clusters: "products").Errors;
    }
}
