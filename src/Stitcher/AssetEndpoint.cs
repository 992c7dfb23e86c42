using Microsoft.AspNetCore.Http;
using Stitcher.Planning;
using Stitcher.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>
/// Hands a service's own files to browsers: <c>/_s/&lt;service&gt;/&lt;path on the service&gt;</c>, only for paths the service's
/// <c>Assets</c> name, without cookies or credentials in either direction; and for a revision of its manifest
/// <c>/_s/&lt;service&gt;/~&lt;revision&gt;/&lt;path below the manifest's base&gt;</c>.
/// </summary>
internal sealed class AssetEndpoint(CatalogState catalog, RevisionAssets revisions, ServiceDestinations destinations, IHttpForwarder forwarder)
{
    public const string Route = "/_s/{service}/{**path}";

    private static readonly ForwarderRequestConfig Limits = new() { ActivityTimeout = TimeSpan.FromSeconds(10) };

    public async Task InvokeAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["service"]!;
        var path = context.Request.Path.Value!["/_s/".Length..][name.Length..];
        if (name == RevisionAssets.StubOwner)
        {
            await revisions.SendStubAsync(context);
            return;
        }

        if (!catalog.Current.Services.TryGetValue(name, out var service) || !IsPlain(path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!path.StartsWith("/~", StringComparison.Ordinal))
        {
            await ForwardAsync(context, service, new RevisionAssets.Rest(path));
        }
        else if (await revisions.TrySendAsync(context, service, path) is { } rest)
        {
            await ForwardAsync(context, service, rest);
        }
    }

    private async Task ForwardAsync(HttpContext context, ServicePlan service, RevisionAssets.Rest rest)
    {
        if (!service.Assets.Contain(rest.Path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var error = ForwarderError.NoAvailableDestinations;
        if (destinations.TryPick(service.Cluster, null, out var cluster, out var destination))
        {
            var transformer = new AssetTransformer(rest.Path, rest.IsLasting);
            error = await forwarder.SendAsync(context, destination.Model.Config.Address, cluster.HttpClient, Limits, transformer);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.Headers.CacheControl = "no-store";
            if (rest.StandIn is var (asset, type))
            {
                await RevisionAssets.SendStandInAsync(context, asset, type);
            }
        }
    }

    // The path is what the service sees: nothing in it may mean another place to another reader.
    private static bool IsPlain(string path) =>
        !path.Contains('\\', StringComparison.Ordinal) && !path.Contains('%', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && !path.Split('/').Any(segment => segment is "." or "..");
}
