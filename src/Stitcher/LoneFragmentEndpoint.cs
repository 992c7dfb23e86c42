using Microsoft.AspNetCore.Http;
using Stitcher.Federation;
using Stitcher.Manifests;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher;

/// <summary>
/// Answers one compiled fragment (<c>/_f/&lt;service&gt;/&lt;Fragment&gt;?…</c>) to a page that refreshes a part of itself: fetched, contained, remembered and bounded in time as in a
/// page, and only if its service opened it to browsers.
/// </summary>
internal sealed class LoneFragmentEndpoint(CatalogState catalog, FederationState federation, PageEndpoint pages)
{
    public const string Route = LoneFragmentPlanner.Folder + "{service}/{fragment}";

    public Task InvokeAsync(HttpContext context)
    {
        var name = $"{context.Request.RouteValues["service"]}/{context.Request.RouteValues["fragment"]}";
        if (!catalog.Current.LoneFragments.TryGetValue(name, out var plan))
        {
            return LoneFragment.SendAsync(context, StatusCodes.Status404NotFound);
        }

        if (!MayAsk(context.Request.Headers))
        {
            return LoneFragment.SendAsync(context, StatusCodes.Status403Forbidden);
        }

        return context.Request.Headers[FragmentHeaders.Generation] is [{ Length: > 0 } generation] && !IsCompatible(generation, plan)
            ? ReloadAsync(context)
            : pages.InvokeAsync(context, plan);
    }

    /// <summary>Tells the page that asked to load itself anew.</summary>
    public static Task ReloadAsync(HttpContext context)
    {
        context.Response.Headers[LoneFragment.Reload] = "1";
        return LoneFragment.SendAsync(context, StatusCodes.Status409Conflict);
    }

    // A fragment is no script, picture or frame of anybody; who opens it in a window sees it and can do nothing with it.
    private static bool MayAsk(IHeaderDictionary headers) =>
        headers["Sec-Fetch-Site"].ToString() is not ("cross-site" or "same-site")
        && headers["Sec-Fetch-Dest"].ToString() is "" or "empty" or "document";

    // With another map the fragment does if everything that it needs leads where it leads now.
    private bool IsCompatible(string generation, PagePlan plan) =>
        generation == plan.Generation || plan.Needs.IsEmpty
        || (federation.ResolverOf(generation) is { } before && plan.Needs.All(need => before.Resolve(need.Specifier, need.Importer) == need.Address));
}
