using AngleSharp.Dom;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Stitcher.Parsing;

/// <summary>
/// Ends a parse that costs too much. The parser's own depth limit bounds the tree but not the time (100,000 nested elements took
/// it 22 s), and its element callback does not see the clones it makes of formatting elements; so time is looked at on every token.
/// </summary>
internal sealed class ParseBudget(ParseLimits limits, TimeProvider time)
{
    private const int TokensBetweenLooks = 32;

    // More than any real tag has. The parser compares each name with all before it.
    private const int MostAttributes = 256;

    private readonly long _start = time.GetTimestamp();
    private int _tokens;
    private int _elements;

    /// <summary>One fragment may be parsed again, to see what became of it; its elements count once, its time altogether.</summary>
    public void StartParse() => _elements = 0;

    public void OnToken(HtmlToken token, TextRange range)
    {
        if (++_tokens % TokensBetweenLooks == 0)
        {
            LookAtTheClock();
        }

        if (token is HtmlTagToken { Attributes.Count: > MostAttributes })
        {
            throw new ParseRefusedException($"more than {MostAttributes} attributes on one element");
        }
    }

    public void OnCreated(IElement element, TextPosition position)
    {
        if (++_elements > limits.Elements)
        {
            throw new ParseRefusedException($"more than {limits.Elements} elements (Stitcher:Limits:FragmentElements)");
        }
    }

    public void LookAtTheClock()
    {
        if (time.GetElapsedTime(_start) > limits.Time)
        {
            throw new ParseRefusedException($"parsing took longer than {limits.Time.TotalMilliseconds:0} ms (Stitcher:Limits:ParseTime)", lasts: false);
        }
    }

    /// <summary>Counts what the callbacks do not see: clones, and how deep the tree became.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="around">How many levels of it are not the fragment's.</param>
    public void Inspect(INode root, int around)
    {
        var elements = 0;
        Inspect(root, -around, ref elements);
    }

    private void Inspect(INode node, int depth, ref int elements)
    {
        if (depth > limits.Depth)
        {
            throw new ParseRefusedException($"elements nest deeper than {limits.Depth} (Stitcher:Limits:FragmentDepth)");
        }

        foreach (var child in DocumentTree.ChildrenOf(node))
        {
            if (child is not IElement)
            {
                continue;
            }

            if (++elements > limits.Elements * 2)
            {
                throw new ParseRefusedException($"more than {limits.Elements * 2} elements after repair (twice Stitcher:Limits:FragmentElements)");
            }

            Inspect(child, depth + 1, ref elements);
        }
    }
}
