using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stitcher.Diagnostics;

/// <summary>
/// Drops what a client put into a trace beside the trace's number: its state and its baggage are any text, would reach every service, and are in no
/// fragment's key.
/// </summary>
internal static class ForeignTrace
{
    public static void Drop(HttpContext context)
    {
        if (context.Features.Get<IHttpActivityFeature>()?.Activity is not { ParentId: not null } activity)
        {
            return;
        }

        activity.TraceStateString = null;
        foreach (var (key, _) in activity.Baggage.ToList())
        {
            activity.SetBaggage(key, null);
        }
    }
}
