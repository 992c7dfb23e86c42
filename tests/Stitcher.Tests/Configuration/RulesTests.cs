using System.Text.Json;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class RulesTests
{
    private const string Cluster = "products";

    [Theory]
    [InlineData("""{ "Trust": "App" }""", "Services:0:Name: is missing; expected a name of lower-case letters, digits and hyphens.")]
    [InlineData("""{ "Name": "Products", "Cluster": "products" }""", "Services:0:Name: 'Products' is not a valid name; expected a name of lower-case letters, digits and hyphens.")]
    [InlineData("""{ "Name": "products\n" }""", "Services:0:Name: 'products\n' is not a valid name; expected a name of lower-case letters, digits and hyphens.", "there is no cluster")]
    [InlineData("""{ "Name": "products", "Cluster": "prodcts" }""", "Services:0:Cluster: there is no cluster 'prodcts' in the reverse proxy; expected 'products' (did you mean 'products'?).")]
    [InlineData("""{ "Name": "orders" }""", "Services:0:Cluster: there is no cluster 'orders' in the reverse proxy, and the service names no other; expected 'products'.")]
    [InlineData("""{ "Name": "products", "Manifest": "stitcher.json" }""", "Services:0:Manifest: 'stitcher.json' does not begin with '/'; expected a path on the service, such as '/.well-known/stitcher.json'.")]
    [InlineData("""{ "Name": "products", "Manifest": "http://evil.example/m.json" }""", "Services:0:Manifest: 'http://evil.example/m.json' is an address, not a path; expected a path on the service, such as '/.well-known/stitcher.json'.")]
    [InlineData("""{ "Name": "products", "Manifest": "//evil.example/m.json" }""", "Services:0:Manifest: '//evil.example/m.json' contains '//'; expected a path on the service, such as '/.well-known/stitcher.json'.")]
    [InlineData("""{ "Name": "products", "Manifest": "/a/%2e%2E/m.json" }""", "Services:0:Manifest: '/a/%2e%2E/m.json' contains the segment '.' or '..'; expected a path on the service, such as '/.well-known/stitcher.json'.")]
    [InlineData("""{ "Name": "products", "Manifest": "/{name}.json" }""", "Services:0:Manifest: '/{name}.json' contains a place, which a slot would have to fill; expected a path on the service, such as '/.well-known/stitcher.json'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Path": "/x" } ] }""", "Services:0:Fragments:0:Name: is missing; expected a name of letters, digits, '-', '_' and '.'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "a/b", "Path": "/x" } ] }""", "Services:0:Fragments:0:Name: 'a/b' is not a valid name; expected a name of letters, digits, '-', '_' and '.'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "A" } ] }""", "Services:0:Fragments:0:Path: is missing; expected a path on the service, such as '/banner.html?size={size}'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "A", "Path": "/x/{size" } ] }""", "Services:0:Fragments:0:Path: '/x/{size' has a '{' without a '}'; expected a path on the service, such as '/banner.html?size={size}'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "A", "Path": "/x/{}" } ] }""", "Services:0:Fragments:0:Path: '/x/{}' has a place '{}' that is no name; expected a path on the service, such as '/banner.html?size={size}'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "A", "Path": "/../x" } ] }""", "Services:0:Fragments:0:Path: '/../x' contains the segment '.' or '..'; expected a path on the service, such as '/banner.html?size={size}'.")]
    [InlineData("""{ "Name": "products", "Fragments": [ { "Name": "A", "Path": "/a" }, { "Name": "a", "Path": "/b" } ] }""", "Services:0:Fragments:1:Name: 'a' is taken by Stitcher:Services:0:Fragments:0:Name; expected a name of its own.")]
    [InlineData("""{ "Name": "products", "Assets": [ "assets" ] }""", "Services:0:Assets:0: 'assets' does not begin with '/'; expected a route pattern that begins with '/', such as '/assets/{**path}'.")]
    [InlineData("""{ "Name": "products", "Assets": [ "/assets/{**path" ] }""", "Services:0:Assets:0: '/assets/{**path' is no route pattern (", "such as '/assets/{**path}'")]
    [InlineData("""{ "Name": "products", "Resilience": { "Concurrency": 0 } }""", "Services:0:Resilience:Concurrency: '0' is out of range; expected a whole number from 1 to 10000.")]
    [InlineData("""{ "Name": "products", "Resilience": { "RetryPercent": 101 } }""", "Services:0:Resilience:RetryPercent: '101' is out of range; expected a whole number from 0 to 100.")]
    [InlineData("""{ "Name": "products", "Resilience": { "OptionalTimeout": "800" } }""", "Services:0:Resilience:OptionalTimeout: '800' does not fit; expected a time from 10ms to 1m")]
    [InlineData("""{ "Name": "products", "Resilience": { "Circuit": { "MinimumCalls": 1 } } }""", "Services:0:Resilience:Circuit:MinimumCalls: '1' is out of range; expected a whole number from 2 to 100000.")]
    [InlineData("""{ "Name": "products", "Resilience": { "Circuit": { "FirstBreak": "2m" } } }""", "Services:0:Resilience:Circuit:LongestBreak: '10s' is less than FirstBreak, '2m'; expected a time that is not less than FirstBreak.")]
    [InlineData("""{ "Name": "products", "Resilience": { "Retries": 3 } }""", "Services:0:Resilience:Retries: unknown setting 'Retries'; expected one of", "'RetryPercent'")]
    public void A_service_that_could_not_work_is_refused(string service, string sentence, string alsoSaid = "")
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Services": [ {{service}} ] } }""");
        var errors = files.Read(clusters: Cluster).Errors;
        Assert.StartsWith("appsettings.json, Stitcher:" + sentence, errors[0], StringComparison.Ordinal);
        Assert.Contains(alsoSaid, string.Join('\n', errors), StringComparison.Ordinal);
        Assert.True(alsoSaid.Length > 0 || errors.Count == 1, string.Join('\n', errors));
    }

    [Theory]
    [InlineData("Name", "", "is empty; expected a name for plans and logs.")]
    [InlineData("Route", "products", "'products' does not begin with '/'; expected an ASP.NET Core route pattern that begins with '/', such as '/products/{id:int}'.")]
    [InlineData("Route", "/products/{id", "'/products/{id' is no route pattern (")]
    [InlineData("Route", "/_s/x", "'/_s/x' begins with '/_s', which the gateway keeps for itself; expected a route that begins otherwise.")]
    [InlineData("Route", "/_F", "'/_F' begins with '/_F', which the gateway keeps for itself; expected a route that begins otherwise.")]
    [InlineData("Route", "/_stitcher/{**rest}", "'/_stitcher/{**rest}' begins with '/_stitcher', which the gateway keeps for itself; expected a route that begins otherwise.")]
    [InlineData("Layout", "../secret.html", "'../secret.html' is not a plain path inside LayoutRoot; expected a file inside LayoutRoot, such as 'catalog.html'.")]
    [InlineData("Layout", "/etc/passwd", "'/etc/passwd' is not a plain path inside LayoutRoot; expected a file inside LayoutRoot, such as 'catalog.html'.")]
    [InlineData("Layout", "C:\\x.html", "'C:\\x.html' is not a plain path inside LayoutRoot; expected a file inside LayoutRoot, such as 'catalog.html'.")]
    [InlineData("Deadline", "10ms", "'10ms' is out of range; expected a time from 50ms to 1m, written like '800ms', '2s', '1m', '1h' or '00:00:02'.")]
    public void A_page_that_could_not_work_is_refused(string key, string value, string sentence)
    {
        var page = new Dictionary<string, string> { ["Name"] = "a", ["Route"] = "/a", ["Layout"] = "a.html", [key] = value };
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Pages": [ {{JsonSerializer.Serialize(page)}} ] } }""");
        var error = Assert.Single(files.Read().Errors);
        Assert.StartsWith($"appsettings.json, Stitcher:Pages:0:{key}: {sentence}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/products", "/Products/")]
    [InlineData("/products/{id}", "/products/{name}")]
    [InlineData("/products/{id:int}", "/products/{number:int}")]
    [InlineData("/docs/{**path}", "/docs/{*rest}")]
    [InlineData("/a/{x}", "/a/{y=1}")]
    public void Two_pages_that_routing_cannot_tell_apart_are_refused(string one, string other)
    {
        using var files = ConfigurationFiles.With(TwoPages(one, other));
        Assert.Equal(
            [$"appsettings.json, Stitcher:Pages:1:Route: '{other}' is taken by Stitcher:Pages:0:Route; expected a route of its own (case, a slash at the end and parameter names do not tell routes apart)."],
            files.Read().Errors);
    }

    [Theory]
    [InlineData("/products/{id:int}", "/products/{name}")]
    [InlineData("/products/{id}", "/products/{id}/reviews")]
    [InlineData("/products/new", "/products/{id}")]
    [InlineData("/_static", "/_stitchers")]
    public void Pages_that_routing_tells_apart_are_accepted(string one, string other)
    {
        using var files = ConfigurationFiles.With(TwoPages(one, other));
        Assert.Empty(files.Read().Errors);
    }

    [Theory]
    [InlineData("127.0.0.1:3001", "is not an http or https address")]
    [InlineData("ftp://127.0.0.1:3001", "is not an http or https address")]
    [InlineData("http://127.0.0.1", "has no port")]
    [InlineData("http://127.0.0.1:0", "has no port")]
    [InlineData("http://127.0.0.1:3001/health", "has a path")]
    [InlineData("http://admin@127.0.0.1:3001", "has a user name")]
    public void A_management_address_without_exactly_scheme_host_and_port_is_refused(string url, string complaint)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Management": { "Url": "{{url}}" } } }""");
        Assert.Equal(
            [$"appsettings.json, Stitcher:Management:Url: '{url}' {complaint}; expected an address with scheme, host and port, such as 'http://127.0.0.1:3001'."],
            files.Read().Errors);
    }

    [Theory]
    [InlineData("http://127.0.0.1:3001")]
    [InlineData("http://[::1]:80/")]
    [InlineData("https://localhost:3443")]
    public void A_management_address_of_scheme_host_and_port_is_accepted(string url)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Management": { "Url": "{{url}}" } } }""");
        Assert.Empty(files.Read().Errors);
    }

    [Theory]
    [InlineData("https://localhost:3000;http://*:3001")]
    [InlineData("http://127.0.0.1:3001;http://127.0.0.1:3001/")]
    public void The_management_listener_may_not_share_the_public_port(string urls)
    {
        using var files = ConfigurationFiles.With("""{ "Stitcher": { "Management": { "Url": "http://127.0.0.1:3001" } } }""").AndCommandLine("--urls", urls);
        Assert.Equal(
            ["appsettings.json, Stitcher:Management:Url: 'http://127.0.0.1:3001' has the port of the public address; expected a port of its own."],
            files.Read().Errors);
    }

    [Fact]
    public void The_management_listener_may_not_share_the_port_of_a_named_endpoint()
    {
        using var files = ConfigurationFiles.With(
            """
            { "Kestrel": { "Endpoints": { "Public": { "Url": "https://*:3001" }, "Management": { "Url": "http://127.0.0.1:3001" } } },
              "Stitcher": { "Management": { "Url": "http://127.0.0.1:3001" } } }
            """);
        Assert.Contains("has the port of the public address", Assert.Single(files.Read().Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3000")]
    [InlineData("http://localhost:3000;http://127.0.0.1:3001")]
    [InlineData("http://localhost:3000;nonsense")]
    public void A_host_may_count_the_management_address_among_those_it_listens_on(string urls)
    {
        using var files = ConfigurationFiles.With("""{ "Stitcher": { "Management": { "Url": "http://127.0.0.1:3001" } } }""").AndCommandLine("--urls", urls);
        Assert.Empty(files.Read().Errors);
    }

    private static string TwoPages(string one, string other) =>
        $$"""
        { "Stitcher": { "Pages": [
          { "Name": "one", "Route": "{{one}}", "Layout": "a.html" },
          { "Name": "other", "Route": "{{other}}", "Layout": "a.html" }
        ] } }
        """;
}
