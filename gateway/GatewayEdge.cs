using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Stitcher.Configuration;

namespace Stitcher.Gateway;

/// <summary>The listeners: the public one, and the operators' beside it.</summary>
internal static class GatewayEdge
{
    private const string DefaultUrl = "http://localhost:3000";
    private const string EndpointsKey = "Kestrel:Endpoints";
    private const string ManagementKey = $"{StitcherOptions.SectionName}:Management:Url";

    /// <param name="builder">The host.</param>
    /// <param name="errors">Receives one sentence for each setting of the host that is wrong.</param>
    public static void Configure(WebApplicationBuilder builder, ICollection<string> errors)
    {
        HostRules.BeStrict();
        HostRules.Check(builder.Configuration, builder.Environment, errors);

        // Into limits of nobody first: the server's own are made when it is too late to tell all errors together.
        KestrelLimits.Apply(new KestrelServerLimits(), builder.Configuration, errors);
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            KestrelLimits.Apply(kestrel.Limits, context.Configuration, []);
        });

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

    /// <summary>Maps the pages, unless anything is wrong.</summary>
    /// <exception cref="StitcherConfigurationException">Holds the host's errors and the engine's.</exception>
    public static void Map(WebApplication app, IReadOnlyList<string> errors)
    {
        try
        {
            app.MapStitcher();
        }
        catch (StitcherConfigurationException exception) when (errors.Count > 0)
        {
            throw new StitcherConfigurationException([.. errors, .. exception.Errors]);
        }

        if (errors.Count > 0)
        {
            throw new StitcherConfigurationException(errors);
        }
    }

    private static bool HasNamedEndpoints(IConfiguration configuration) => configuration.GetSection(EndpointsKey).GetChildren().Any();

    private static string ManagementUrl(IConfiguration configuration) => configuration[ManagementKey] ?? new ManagementOptions().Url;
}
