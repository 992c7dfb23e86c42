namespace Stitcher.Parsing;

/// <summary>Where a slot is in a layout's text: all of it, and the content between its tags.</summary>
internal sealed record SlotPlace(int Start, int End, int ContentStart, int ContentEnd, SlotAttributes Attributes);

/// <summary>Finds the slots among a layout's tags.</summary>
internal static class SlotPlaces
{
    private const string Element = "fragment";

    public static List<SlotPlace> Find(IReadOnlyList<LayoutTag> tags, LayoutSource source)
    {
        var places = new List<SlotPlace>();
        var marks = tags.Where(t => t.Name == Element).ToList();
        for (var i = 0; i < marks.Count; i++)
        {
            var tag = marks[i];
            if (!tag.IsStart)
            {
                source.Error(tag.Start, "</fragment> without its <fragment>");
                continue;
            }

            var attributes = SlotAttributes.Read(tag, source);

            // Without an end tag before the next slot it has no content, as if it were written <fragment …/>.
            if (tag.IsSelfClosing || i + 1 == marks.Count || marks[i + 1].IsStart)
            {
                places.Add(new SlotPlace(tag.Start, tag.End, tag.End, tag.End, attributes));
            }
            else
            {
                var end = marks[++i];
                places.Add(new SlotPlace(tag.Start, end.End, tag.End, end.Start, attributes));
            }
        }

        return places;
    }
}
