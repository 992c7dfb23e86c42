using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Stitcher.Configuration;

namespace Stitcher.Gateway;

/// <summary>The listeners: the public one, and the operators' beside it.</summary>
internal static class GatewayEdge
{
    private const string DefaultUrl = "http://localhost:3000";
    private const string EndpointsKey = "Kestrel:Endpoints";
    private const string ManagementKey = $"{StitcherOptions.SectionName}:Management:Url";

    public static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);

        // Named endpoints of Kestrel's own section beat addresses, so the operators' listener must be one of them.
        if (HasNamedEndpoints(builder.Configuration))
        {
            builder.Configuration.AddInMemoryCollection([new($"{EndpointsKey}:StitcherManagement:Url", ManagementUrl(builder.Configuration))]);
        }
    }

    /// <summary>Adds the operators' listener to the public addresses. A server that has no addresses (one in memory) is left alone.</summary>
    public static void Listen(WebApplication app)
    {
        if (HasNamedEndpoints(app.Configuration) || app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>() is not { } server)
        {
            return;
        }

        // Addresses that stand here are taken instead of the configured ones, so those are put here, too.
        var urls = app.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } configured ? configured : DefaultUrl;
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(ManagementUrl(app.Configuration)))
        {
            server.Addresses.Add(url);
        }
    }

    private static bool HasNamedEndpoints(IConfiguration configuration) => configuration.GetSection(EndpointsKey).GetChildren().Any();

    private static string ManagementUrl(IConfiguration configuration) => configuration[ManagementKey] ?? new ManagementOptions().Url;
}
