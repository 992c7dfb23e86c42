using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Marks an endpoint as the operators'.</summary>
internal sealed class ManagementEndpointMetadata;

/// <summary>
/// Keeps the operators' endpoints on their listener and everything else off it. Which listener took a connection is told by its
/// local port; what the request says of its host is the client's word.
/// </summary>
internal sealed class ManagementListenerPolicy(CatalogState catalog) : MatcherPolicy, IEndpointSelectorPolicy
{
    private string? _url;
    private int _port;

    public override int Order => -1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var onManagement = httpContext.Connection.LocalPort == Port();
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<ManagementEndpointMetadata>() is not null != onManagement)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }

    private int Port()
    {
        var url = catalog.Current.Options.Management.Url;
        if (!ReferenceEquals(url, _url))
        {
            _port = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : 0;
            _url = url;
        }

        return _port;
    }
}
