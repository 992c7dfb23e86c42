using System.Net;
using Microsoft.AspNetCore.Mvc.Testing;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class HostTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/orders", HttpStatusCode.OK)]
    [InlineData("/analytics", HttpStatusCode.OK)]
    [InlineData("/nothing/here", HttpStatusCode.NotFound)]
    [InlineData("/health/ready", HttpStatusCode.NotFound)]
    public async Task The_gateway_as_it_is_shipped_serves_its_pages_with_no_service_about(string path, HttpStatusCode status)
    {
        // Nobody listens on the port of discard; the shop's own services may run beside the tests.
        using var host = factory.WithWebHostBuilder(builder =>
        {
            foreach (var cluster in new[] { "products", "users", "orders", "analytics" })
            {
                builder.UseSetting($"ReverseProxy:Clusters:{cluster}:Destinations:one:Address", "http://127.0.0.1:9/");
            }
        });
        using var response = await host.CreateClient().GetAsync(path);
        Assert.Equal(status, response.StatusCode);
    }
}
