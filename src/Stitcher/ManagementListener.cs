using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;

namespace Stitcher;

/// <summary>Marks an endpoint as the operators'.</summary>
internal sealed class ManagementEndpointMetadata;

/// <summary>Keeps the operators' endpoints on their listener and everything else off it.</summary>
internal sealed class ManagementListenerPolicy(ManagementPort management) : MatcherPolicy, IEndpointSelectorPolicy
{
    public override int Order => -1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => true;

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var onManagement = management.Took(httpContext.Connection);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<ManagementEndpointMetadata>() is not null != onManagement)
            {
                candidates.SetValidity(i, false);
            }
        }

        return Task.CompletedTask;
    }
}
