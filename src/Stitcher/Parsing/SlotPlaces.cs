namespace Stitcher.Parsing;

/// <summary>Where a slot is in a layout's text: all of it, and the content between its tags.</summary>
internal sealed record SlotPlace(int Start, int End, int ContentStart, int ContentEnd, SlotAttributes Attributes);

/// <summary>Finds the slots among a layout's tags.</summary>
internal static class SlotPlaces
{
    public static List<SlotPlace> Find(IReadOnlyList<LayoutTag> tags, LayoutSource source) =>
        [.. LayoutElement.Find(tags, "fragment", source).Select(e => new SlotPlace(e.Start, e.End, e.ContentStart, e.ContentEnd, SlotAttributes.Read(e.Tag, source)))];
}
