using AngleSharp.Dom;

namespace Stitcher.Local.Checking;

/// <summary>What a person would read of a piece of HTML: the measure by which two pieces are the same content.</summary>
internal static class HtmlText
{
    /// <summary>The text without scripts and styles, every run of white space one blank.</summary>
    public static string Of(INode node)
    {
        var words = node
            .Descendants<IText>()
            .Where(text => text.ParentElement?.LocalName is not ("script" or "style"))
            .SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return string.Join(' ', words);
    }
}
