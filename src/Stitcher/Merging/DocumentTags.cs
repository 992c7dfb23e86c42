using System.Text;
using Stitcher.Parsing;

namespace Stitcher.Merging;

/// <summary>Writes the layout's <c>html</c> and <c>body</c> tags anew where the primary's document says something else of the page.</summary>
internal static class DocumentTags
{
    // HTML's own white space; other blanks are part of a word.
    private static readonly char[] Blanks = [' ', '\t', '\n', '\f', '\r'];

    /// <summary>The <c>html</c> tag with the primary's language in place of the layout's.</summary>
    /// <returns>Nothing where the layout's own tag stays.</returns>
    public static ReadOnlyMemory<byte> Html(LayoutTag? own, DocumentLabels? primary) =>
        own is null || primary?.Language is not { } language || string.Equals(own.Attribute("lang"), language, StringComparison.OrdinalIgnoreCase)
            ? default
            : Write(own, "lang", language);

    /// <summary>The <c>body</c> tag with the primary's class words behind the layout's, each once.</summary>
    /// <returns>Nothing where the layout's own tag stays.</returns>
    public static ReadOnlyMemory<byte> Body(LayoutTag? own, DocumentLabels? primary)
    {
        if (own is null || primary?.Classes is not { } classes)
        {
            return default;
        }

        var words = Words(own.Attribute("class"));
        var all = words.Union(Words(classes), StringComparer.Ordinal).ToList();
        return all.Count == words.Distinct(StringComparer.Ordinal).Count() ? default : Write(own, "class", string.Join(' ', all));
    }

    private static string[] Words(string? classes) => (classes ?? "").Split(Blanks, StringSplitOptions.RemoveEmptyEntries);

    private static byte[] Write(LayoutTag own, string name, string value)
    {
        var tag = new StringBuilder("<").Append(own.Name);
        var isNew = own.Attribute(name) is null;
        foreach (var (other, kept) in isNew ? [.. own.Attributes, new(name, value)] : own.Attributes)
        {
            tag.Append(' ').Append(other).Append("=\"").Append(Quoted(other == name ? value : kept)).Append('"');
        }

        return Encoding.UTF8.GetBytes(tag.Append('>').ToString());
    }

    private static string Quoted(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
