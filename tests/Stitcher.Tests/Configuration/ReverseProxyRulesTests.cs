using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.Configuration;
using Xunit;
using Yarp.ReverseProxy.Configuration;

namespace Stitcher.Tests.Configuration;

public sealed class ReverseProxyRulesTests
{
    [Fact]
    public async Task Everything_the_reverse_proxy_would_refuse_is_told_at_once_with_its_key()
    {
        using var files = ConfigurationFiles.With(
            """
            { "ReverseProxy": {
              "Clusters": {
                "products": { "LoadBalancingPolicy": "Fairest", "Destinations": { "one": { "Address": "localhost:3002" } } },
                "users": { "Destinations": { "one": { "Address": "http://localhost:3003/" } } }
              },
              "Routes": {
                "api": { "ClusterId": "user", "Match": { "Path": "/api/{**rest" } },
                "nothing": { "ClusterId": "users", "Match": { } }
              }
            } }
            """);
        var (clusters, errors) = await Check(files);

        Assert.Equal(["products", "users"], clusters);
        Assert.Collection(
            errors,
            error => Assert.StartsWith("appsettings.json, ReverseProxy:Clusters:products: No matching ILoadBalancingPolicy found for the load balancing policy 'Fairest'", error, StringComparison.Ordinal),
            error => Assert.Equal("appsettings.json, ReverseProxy:Clusters:products:Destinations:one:Address: 'localhost:3002' is not an http or https address; expected the service's address, such as 'http://localhost:3002/'.", error),
            error => Assert.StartsWith("appsettings.json, ReverseProxy:Routes:api: Invalid path '/api/{**rest'", error, StringComparison.Ordinal),
            error => Assert.Equal("appsettings.json, ReverseProxy:Routes:api:ClusterId: there is no cluster 'user'; expected one of 'products', 'users' (did you mean 'users'?).", error),
            error => Assert.StartsWith("appsettings.json, ReverseProxy:Routes:nothing: Route 'nothing' requires Hosts or Path specified", error, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_value_that_the_reverse_proxy_cannot_read_is_an_error_and_no_exception()
    {
        using var files = ConfigurationFiles.With("""{ "ReverseProxy": { "Clusters": { "a": { "HttpRequest": { "ActivityTimeout": "soon" } } } } }""");
        var (_, errors) = await Check(files);
        Assert.Contains("soon", Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_valid_section_has_no_error()
    {
        using var files = ConfigurationFiles.With(
            """
            { "ReverseProxy": {
              "Clusters": { "products": { "Destinations": { "one": { "Address": "http://localhost:3002/" } } } },
              "Routes": { "api": { "ClusterId": "Products", "Match": { "Path": "/api/{**rest}" } } }
            } }
            """);
        Assert.Empty((await Check(files)).Errors);
    }

    [Theory]
    [InlineData("/products/{id:integer}", "the constraint 'integer' of '{id}' cannot be made (")]
    [InlineData("/products/{id:range(low,high)}", "the constraint 'range(low,high)' of '{id}' cannot be made (")]
    [InlineData("/products/{id:regex(^[0-9+$)}", "the constraint 'regex(^[0-9+$)' of '{id}' cannot be made (")]
    public void A_route_whose_constraint_does_not_exist_is_refused_before_the_first_request(string route, string complaint)
    {
        using var files = ConfigurationFiles.With($$"""{ "Stitcher": { "Pages": [ { "Name": "a", "Route": "{{route}}", "Layout": "a.html" } ] } }""");
        using var services = new ServiceCollection().AddLogging().AddRouting().BuildServiceProvider();
        var configuration = files.Build();
        var errors = new List<string>();
        var context = new ConfigurationContext(configuration, "Development", [], services.GetRequiredService<ParameterPolicyFactory>());
        StitcherOptionsRules.Check(StitcherOptionsReader.Read(configuration, errors), context, errors);

        Assert.StartsWith($"appsettings.json, Stitcher:Pages:0:Route: {complaint}", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static async Task<(IReadOnlyCollection<string> Clusters, List<string> Errors)> Check(ConfigurationFiles files)
    {
        var configuration = files.Build();
        var collection = new ServiceCollection().AddLogging().AddRouting().AddSingleton<IConfiguration>(configuration);
        collection.AddReverseProxy().LoadFromConfig(configuration.GetSection("ReverseProxy"));
        await using var services = collection.BuildServiceProvider();
        var errors = new List<string>();
        var clusters = await ReverseProxyRules.CheckAsync(
            services.GetServices<IProxyConfigProvider>(), services.GetRequiredService<IConfigValidator>(), configuration, errors);
        return (clusters, errors);
    }
}
