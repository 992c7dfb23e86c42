using Stitcher.Configuration;

namespace Stitcher.Gateway;

/// <summary>The listeners: the public one, and the operators' beside it.</summary>
internal static class GatewayEdge
{
    private const string DefaultUrl = "http://localhost:3000";
    private const string EndpointsKey = "Kestrel:Endpoints";

    public static void Configure(WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var management = builder.Configuration[$"{StitcherOptions.SectionName}:Management:Url"] ?? new ManagementOptions().Url;

        // Named endpoints of Kestrel's own section beat addresses, so the listener must be where the others are.
        if (builder.Configuration.GetSection(EndpointsKey).GetChildren().Any())
        {
            builder.Configuration.AddInMemoryCollection([new($"{EndpointsKey}:StitcherManagement:Url", management)]);
            return;
        }

        var urls = builder.Configuration[WebHostDefaults.ServerUrlsKey] is { Length: > 0 } configured ? configured : DefaultUrl;
        builder.WebHost.UseUrls([.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), management]);
    }
}
