using Microsoft.AspNetCore.Http;
using Stitcher.Planning;
using Stitcher.Upstream;
using Yarp.ReverseProxy.Forwarder;

namespace Stitcher;

/// <summary>
/// Hands a service's own files to browsers: <c>/_s/&lt;service&gt;/&lt;path on the service&gt;</c>, only for paths the service's
/// <c>Assets</c> name, without cookies or credentials in either direction.
/// </summary>
internal sealed class AssetEndpoint(CatalogState catalog, ServiceDestinations destinations, IHttpForwarder forwarder)
{
    public const string Route = "/_s/{service}/{**path}";

    private static readonly ForwarderRequestConfig Limits = new() { ActivityTimeout = TimeSpan.FromSeconds(10) };

    public async Task InvokeAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["service"]!;
        var path = context.Request.Path.Value!["/_s/".Length..][name.Length..];
        if (!catalog.Current.Services.TryGetValue(name, out var service) || !IsPlain(path) || !service.Assets.Contain(path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (!destinations.TryPick(service.Cluster, null, out var cluster, out var destination))
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        var error = await forwarder.SendAsync(context, destination.Model.Config.Address, cluster.HttpClient, Limits, new AssetTransformer(path));
        if (error != ForwarderError.None && !context.Response.HasStarted)
        {
            context.Response.Headers.CacheControl = "no-store";
        }
    }

    // The path is what the service sees: nothing in it may mean another place to another reader.
    private static bool IsPlain(string path) =>
        !path.Contains('\\', StringComparison.Ordinal) && !path.Contains('%', StringComparison.Ordinal) && !path.Any(char.IsControl)
        && !path.Split('/').Any(segment => segment is "." or "..");
}
