using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>
/// Puts together what a fragment wants in the head: the manifest's style sheets, its own document's parts, its <c>Link</c> headers.
/// The same three give the same list object again, so that merging can see at a glance that nothing changed.
/// </summary>
internal sealed class FragmentHeads
{
    private readonly ConditionalWeakTable<Markup, Memory> _last = [];

    private sealed record Memory(FragmentOrigin Origin, ImmutableArray<HeadPart> Styles, string? Link, ImmutableArray<HeadPart> Result);

    public ImmutableArray<HeadPart> Combine(SlotPlan slot, Markup markup, string? link)
    {
        if (link is null && markup.Head.IsEmpty)
        {
            return slot.Styles;
        }

        if (link is null && slot.Styles.IsEmpty)
        {
            return markup.Head;
        }

        if (_last.TryGetValue(markup, out var last) && last.Origin == slot.Origin && last.Styles == slot.Styles && last.Link == link)
        {
            return last.Result;
        }

        ImmutableArray<HeadPart> result = [.. slot.Styles, .. new HeadReader(slot.Origin).ReadLinks(link), .. markup.Head];
        _last.AddOrUpdate(markup, new Memory(slot.Origin, slot.Styles, link, result));
        return result;
    }
}
