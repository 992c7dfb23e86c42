using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Stitcher.Parsing;

/// <summary>
/// Counts the elements a fragment opens, to notice those that the parser drops because they have no place:
/// table rows in a <c>div</c> become bare text without a word.
/// </summary>
internal sealed class OpenedElements(string? begin, string? end)
{
    private readonly Dictionary<string, int> _opened = new(StringComparer.Ordinal);
    private bool _inside = begin is null;

    public void Count(HtmlToken token)
    {
        if (token.Type == HtmlTokenType.Comment)
        {
            _inside = token.Data == begin || (_inside && token.Data != end);
        }
        else if (_inside && token.Type == HtmlTokenType.StartTag && token.Name is not ("html" or "head" or "body"))
        {
            var name = NameOf(token.Name);
            _opened[name] = _opened.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The first name of which fewer elements are below <paramref name="root"/> than were opened; null when none is lost.</summary>
    public string? FirstLost(INode root)
    {
        if (_opened.Count == 0)
        {
            return null;
        }

        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var element in DocumentTree.Descendants(root).OfType<IElement>())
        {
            var name = NameOf(element.LocalName);
            found[name] = found.GetValueOrDefault(name) + 1;
        }

        foreach (var (name, count) in _opened)
        {
            if (found.GetValueOrDefault(name) < count)
            {
                return name;
            }
        }

        return null;
    }

    // The standard's own joke: a start tag named image is an img.
    private static string NameOf(string name) => name.ToLowerInvariant() is var lower && lower == "image" ? "img" : lower;
}
