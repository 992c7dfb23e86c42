using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Stitcher.Parsing;

/// <summary>
/// Ends a parse that costs too much. The parser's own depth limit bounds the tree but not the time (100,000 nested elements took
/// it 22 s), and its element callback does not see the clones it makes of formatting elements; so depth is looked at on every
/// element and time on every few tokens.
/// </summary>
/// <param name="limits">What it may cost.</param>
/// <param name="time">The clock.</param>
/// <param name="around">How many elements are open around the fragment when it begins; they do not count as its depth.</param>
internal sealed class ParseBudget(ParseLimits limits, TimeProvider time, int around)
{
    private const int TokensBetweenLooks = 32;

    // More than any real tag has. The parser compares each name with all before it.
    private const int MostAttributes = 256;

    // An address or a drawing's path at its longest; an image of this size belongs in a file.
    private const int LongestAttribute = 64 * 1024;

    // Of the document around a fragment: html, head and body, and what follows the slot.
    private const int OwnElements = 4;

    private readonly long _start = time.GetTimestamp();
    private int _tokens;
    private int _elements;
    private IElement? _last;

    public ParseLimits Limits => limits;

    /// <summary>How a parser is set up so that this budget and the tags see what it does.</summary>
    public HtmlParserOptions Watch(TagTree tags)
    {
        // A fragment may be parsed again, to see what became of it: its elements count once, its time altogether.
        _elements = 0;
        _last = null;
        return new HtmlParserOptions
        {
            // The parser keeps this limit by flattening the tree; ours is reached before.
            MaximumDepth = limits.Depth + around + 8,
            DisableElementPositionTracking = true,
            OnCreated = OnCreated,
            OnToken = (token, range) =>
            {
                OnToken(token, range);
                tags.Add(token);
            },
        };
    }

    public void OnToken(HtmlToken token, TextRange range)
    {
        if (++_tokens % TokensBetweenLooks == 0)
        {
            LookAtTheClock();
        }

        if (token is not HtmlTagToken { Attributes.Count: > 0 } tag)
        {
            return;
        }

        if (tag.Attributes.Count > MostAttributes)
        {
            throw new ParseRefusedException($"limit: more than {MostAttributes} attributes on one element");
        }

        foreach (var attribute in tag.Attributes)
        {
            if (attribute.Value.Length > LongestAttribute)
            {
                throw new ParseRefusedException($"limit: an attribute longer than {LongestAttribute / 1024} KB");
            }
        }
    }

    public void OnCreated(IElement element, TextPosition position)
    {
        if (++_elements > limits.Elements + around + OwnElements)
        {
            throw new ParseRefusedException($"limit: more than {limits.Elements} elements (Stitcher:Limits:FragmentElements)");
        }

        // An element that has just been created has no place yet; the one before it has.
        if (_last is { } last)
        {
            LookAtTheDepth(last);
        }

        _last = element;
    }

    public void LookAtTheClock()
    {
        if (time.GetElapsedTime(_start) > limits.Time)
        {
            throw new ParseRefusedException($"limit: parsing took longer than {limits.Time.TotalMilliseconds:0} ms (Stitcher:Limits:ParseTime)", lasts: false);
        }
    }

    /// <summary>Counts what the callbacks do not see: clones, and how deep the tree became.</summary>
    public void Inspect(INode root)
    {
        var elements = 0;
        Inspect(root, 0, ref elements);
    }

    private void LookAtTheDepth(IElement element)
    {
        var depth = 0;
        for (INode? node = element; node is not null; node = node.Parent)
        {
            LookAtTheDepth(depth++);
        }
    }

    private void LookAtTheDepth(int depth)
    {
        if (depth > limits.Depth + around)
        {
            throw new ParseRefusedException($"limit: elements nest deeper than {limits.Depth} (Stitcher:Limits:FragmentDepth)");
        }
    }

    private void Inspect(INode node, int depth, ref int elements)
    {
        LookAtTheDepth(depth);
        foreach (var child in DocumentTree.ChildrenOf(node))
        {
            if (child is not (IElement or IShadowRoot))
            {
                continue;
            }

            if (++elements > limits.Elements * 2)
            {
                throw new ParseRefusedException($"limit: more than {limits.Elements * 2} elements after repair (twice Stitcher:Limits:FragmentElements)");
            }

            Inspect(child, depth + 1, ref elements);
        }
    }
}
