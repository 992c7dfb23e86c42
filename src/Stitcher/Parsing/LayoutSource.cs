namespace Stitcher.Parsing;

/// <summary>A layout's text with a place for its errors, so that each says where it is, and is told once however often the file is used.</summary>
internal sealed class LayoutSource(LayoutText text, ICollection<string> errors)
{
    public string Text => text.Text;

    public LayoutText Layout => text;

    /// <summary>Where a character was written: <c>parts/masthead.html, line 4</c>.</summary>
    public string PlaceOf(int index) => $"{text.OriginAt(index).File}, line {text.LineAt(index)}";

    public void Error(int index, string problem)
    {
        var error = $"{PlaceOf(index)}: {problem}";
        if (!errors.Contains(error))
        {
            errors.Add(error);
        }
    }
}
