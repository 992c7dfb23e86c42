using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Yarp.ReverseProxy.Model;

namespace Stitcher;

/// <summary>
/// Decides who takes what is not a reading of a page. Questions about the address itself are the gateway's; everything else is the reverse proxy's route
/// of the same path, chosen by routing's own rules, and where the page wants the answer, that route's endpoint with the composing around it: it keeps its
/// metadata, so that its authorization, limits and transforms hold.
/// </summary>
internal sealed class PageMethodsPolicy(PostedPageEndpoint posted) : MatcherPolicy, IEndpointSelectorPolicy
{
    private readonly ConditionalWeakTable<Endpoint, ConditionalWeakTable<PageMethods, Endpoint>> _composing = [];

    // Behind all that tell routes apart: hosts, headers, query parameters.
    public override int Order => 1000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(e => e.Metadata.GetMetadata<PageMethods>() is not null);

    public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
    {
        var method = httpContext.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || IndexOfPage(candidates) is not { } at)
        {
            return Task.CompletedTask;
        }

        if (HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method) || HttpMethods.IsConnect(method))
        {
            LeaveOnly(candidates, at);
        }
        else if (IsForm(method) && candidates[at].Endpoint.Metadata.GetMetadata<PageMethods>() is { Plan.ComposesAnswers: true } page)
        {
            Compose(httpContext, candidates, page, candidates[at].Values ?? []);
        }

        return Task.CompletedTask;
    }

    private static int? IndexOfPage(CandidateSet candidates)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint.Metadata.GetMetadata<PageMethods>() is not null)
            {
                return i;
            }
        }

        return null;
    }

    private static bool IsForm(string method) =>
        HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || HttpMethods.IsPatch(method) || HttpMethods.IsDelete(method);

    private static void LeaveOnly(CandidateSet candidates, int index)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (i != index)
            {
                candidates.SetValidity(i, false);
            }
        }
    }

    private void Compose(HttpContext context, CandidateSet candidates, PageMethods page, RouteValueDictionary values)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates.IsValidCandidate(i) && candidates[i].Endpoint is RouteEndpoint { RequestDelegate: not null } route
                && route.Metadata.GetMetadata<RouteModel>() is not null)
            {
                context.Features.Set(new PostedPage(page.Plan, values));
                candidates.ReplaceEndpoint(i, _composing.GetOrCreateValue(route).GetValue(page, _ => Around(route)), candidates[i].Values);
            }
        }
    }

    private RouteEndpoint Around(RouteEndpoint route)
    {
        var proxy = route.RequestDelegate!;
        return new RouteEndpoint(context => posted.InvokeAsync(context, proxy), route.RoutePattern, route.Order, route.Metadata, route.DisplayName);
    }
}
