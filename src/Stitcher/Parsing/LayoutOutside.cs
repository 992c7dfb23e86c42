namespace Stitcher.Parsing;

/// <summary>Judges what stands outside the fills of a layout that extends another: it has no place to go to.</summary>
internal static class LayoutOutside
{
    /// <param name="text">The layout's text.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="elements">The elements that may stand there.</param>
    /// <param name="source">Takes an error for each stretch of anything else but blanks and comments.</param>
    public static void Check(string text, IReadOnlyList<LayoutTag> tags, IEnumerable<LayoutElement> elements, LayoutSource source)
    {
        var at = 0;
        foreach (var element in elements.OrderBy(e => e.Start))
        {
            CheckStretch(text, at, element.Start, tags, source);
            at = Math.Max(at, element.End);
        }

        CheckStretch(text, at, text.Length, tags, source);
    }

    /// <summary>Whether there is nothing to see: blanks and comments.</summary>
    public static bool IsBlank(ReadOnlySpan<char> text) => FirstVisible(text) == text.Length;

    private static void CheckStretch(string text, int start, int end, IReadOnlyList<LayoutTag> tags, LayoutSource source)
    {
        if (start >= end)
        {
            return;
        }

        var visible = start + FirstVisible(text.AsSpan(start, end - start));
        if (visible < end && !tags.Any(t => t.Start == visible && t is { IsStart: false, Name: "fill" or "extend" }))
        {
            source.Error(visible, "content outside of the fills, which would be lost; expected it inside <fill name=\"…\">");
        }
    }

    private static int FirstVisible(ReadOnlySpan<char> text)
    {
        var rest = text;
        while (true)
        {
            rest = rest.TrimStart(" \t\r\n\f");
            var end = rest.StartsWith("<!--", StringComparison.Ordinal) ? rest[4..].IndexOf("-->", StringComparison.Ordinal) : -1;
            if (end < 0)
            {
                return text.Length - rest.Length;
            }

            rest = rest[(end + 7)..];
        }
    }
}
