using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Stitcher.Parsing;

/// <summary>
/// The elements of a fragment as its tags alone say them: each closed by its own end tag, in order. Where the parser's tree is the
/// same, nothing was implied, moved, closed by something else or dropped, and any other parser reads the bytes alike, also one
/// that is older than the standard or wrong about it. Where it is not, the tree has to be written anew.
/// </summary>
/// <param name="begin">The comment after which the fragment begins; null when it is all there is.</param>
/// <param name="end">The comment before which it ends.</param>
/// <param name="around">Where it is shown.</param>
internal sealed class TagTree(string? begin, string? end, SlotContext around)
{
    private sealed record Element(string Name, bool IsForeign, bool IsInSelect, bool IsInOption, bool IsInGroup, bool IsInParagraph)
    {
        public List<Element> Children { get; } = [];

        public Element With(string name) =>
            new(name, HoldsForeign || name is "svg" or "math", (IsInSelect || name == "select") && name != "template", IsInOption || name == "option", IsInGroup || name == "optgroup", IsInParagraph || name == "p");

        // Where foreign content holds HTML again (HTML, 13.2.6: the two kinds of integration point).
        private bool HoldsForeign => IsForeign && Name is not ("foreignobject" or "desc" or "title" or "mi" or "mo" or "mn" or "ms" or "mtext" or "annotation-xml");
    }

    // As the standard has it (13.1.2 and what "in body" treats alike), not as a parser may have it: some know more elements without content.
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
    };

    // A select that holds more than options is new: older browsers drop such tags and keep their text, and what else they do with a tag
    // that is not listed here (end the select, end the table around it, read what follows as markup) is more than its author meant.
    private static readonly HashSet<string> InSelect = new(StringComparer.Ordinal)
    {
        "option", "optgroup", "hr", "legend", "button", "selectedcontent", "div", "span", "img", "br", "b", "i", "em", "strong", "small", "script", "template",
        "svg", "g", "path", "circle", "ellipse", "line", "polygon", "polyline", "rect", "use",
    };

    // By these a parser finds out where it is; inside drawings and formulas they mean nothing, which not every parser remembers.
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        "template", "select", "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th", "html", "frameset",
    };

    // Of four equal ones the parser forgets the first, and takes its end tag for that of an equal one around the slot (HTML, 13.2.4.3).
    private const int MostFormatting = 3;

    private static readonly HashSet<string> Formatting = new(StringComparer.Ordinal)
    {
        "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    };

    private readonly Dictionary<string, int> _opened = new(StringComparer.Ordinal);
    private readonly Element _root = around.Ancestors.Split(' ').Aggregate(new Element("", false, false, false, false, false), (parent, name) => parent.With(name));
    private readonly Stack<Element> _open = new();
    private bool _inside = begin is null;
    private bool _isUndisputed = true;

    /// <summary>How many times a <c>noscript</c> was closed by a tag.</summary>
    public int NoScriptEnds { get; private set; }

    public bool HasNoScript => _opened.ContainsKey("noscript");

    public void Add(HtmlToken token)
    {
        if (token.Type == HtmlTokenType.Comment)
        {
            _inside = token.Data == begin || (_inside && token.Data != end);
        }
        else if (_inside && token.Type is HtmlTokenType.StartTag or HtmlTokenType.EndTag)
        {
            var name = NameOf(token.Name);
            if (token.Type == HtmlTokenType.StartTag)
            {
                Open(name, ((HtmlTagToken)token).IsSelfClosing);
            }
            else
            {
                Close(name);
            }
        }
    }

    /// <summary>Whether the tree below <paramref name="root"/> is the one that the tags say.</summary>
    public bool Says(INode root) => _isUndisputed && _open.Count == 0 && AreSame(_root, root);

    /// <summary>The first name of which fewer elements are below <paramref name="root"/> than were opened; null when none is lost.</summary>
    public string? FirstLost(INode root)
    {
        if (_opened.Count == 0)
        {
            return null;
        }

        var missing = new Dictionary<string, int>(_opened, StringComparer.Ordinal);
        foreach (var node in DocumentTree.Descendants(root))
        {
            if (NameOf(node) is { } name && missing.TryGetValue(name, out var count))
            {
                missing[name] = count - 1;
            }
        }

        return missing.FirstOrDefault(pair => pair.Value > 0).Key;
    }

    private void Open(string name, bool closesItself)
    {
        var parent = _open.Count > 0 ? _open.Peek() : _root;
        var element = parent.With(name);
        _isUndisputed &= !parent.IsInSelect || InSelect.Contains(name);
        _isUndisputed &= !(parent.IsInSelect && parent.IsInOption && name is "option" or "optgroup" or "hr");
        _isUndisputed &= !(parent.IsInSelect && parent.IsInGroup && name is "optgroup" or "hr");

        _isUndisputed &= !(element.IsForeign && Places.Contains(name));

        // It ends a paragraph since 2023; older browsers and our parser do not know it.
        _isUndisputed &= !(parent.IsInParagraph && name == "search");
        _isUndisputed &= !Formatting.Contains(name) || _open.Count(e => e.Name == name) < MostFormatting;
        parent.Children.Add(element);
        if (element.IsForeign ? !closesItself : !Void.Contains(name))
        {
            _open.Push(element);
        }

        if (name is not ("html" or "head" or "body"))
        {
            _opened[name] = _opened.GetValueOrDefault(name) + 1;
        }
    }

    private void Close(string name)
    {
        NoScriptEnds += name == "noscript" ? 1 : 0;
        if (_open.TryPeek(out var element) && element.Name == name)
        {
            _open.Pop();
        }
        else
        {
            _isUndisputed = false;
        }
    }

    private static bool AreSame(Element said, INode read)
    {
        var at = 0;
        return AreSame(said.Children, ref at, read) && at == said.Children.Count;
    }

    private static bool AreSame(List<Element> said, ref int at, INode read)
    {
        foreach (var node in DocumentTree.ChildrenOf(read))
        {
            if (NameOf(node) is not { } name)
            {
                continue;
            }

            if (at < said.Count && said[at].Name == name)
            {
                if (!AreSame(said[at++], node))
                {
                    return false;
                }
            }
            else if (name is not ("tbody" or "colgroup") || ((IElement)node).Attributes.Length > 0 || !AreSame(said, ref at, node))
            {
                // The one thing that every author leaves to the parser, and every parser does: the body around a table's rows.
                return false;
            }
        }

        return true;
    }

    private static string? NameOf(INode node) => node switch
    {
        IElement element => NameOf(element.LocalName),
        IShadowRoot => "template",
        _ => null,
    };

    // The standard's own joke: a start tag named image is an img.
    private static string NameOf(string name) => name.ToLowerInvariant() is var lower && lower == "image" ? "img" : lower;
}
