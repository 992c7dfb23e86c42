using Microsoft.AspNetCore.Routing;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>The page in which the answer to this request is to be shown.</summary>
/// <param name="Plan">The page.</param>
/// <param name="Values">The values of its route; the request carries those of the reverse proxy's.</param>
internal sealed record PostedPage(PagePlan Plan, RouteValueDictionary Values);
