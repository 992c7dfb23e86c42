using Stitcher.Planning;
using Stitcher.Upstream;

namespace Stitcher.Fetching;

/// <summary>One slot's question, in its canonical form: what is asked and what it is remembered by come from the same text.</summary>
internal readonly record struct FragmentRequest(UpstreamRequest Upstream, string Key)
{
    /// <returns>Null when a place of the path has no usable value.</returns>
    public static FragmentRequest? For(SlotPlan slot, PageRequest request)
    {
        if (slot.FixedRequest is { } known)
        {
            return new FragmentRequest(known, slot.FixedKey!);
        }

        return slot.Target!.Expand(request.Values) is { } target
            ? new FragmentRequest(new UpstreamRequest(slot.Fragment, target), $"{slot.Scope} {target}")
            : null;
    }
}
