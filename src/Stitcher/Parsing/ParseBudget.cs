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

    // The probe's own ancestors of the slot count as depth, too.
    private const int LevelsAroundASlot = 16;

    private readonly long _start = time.GetTimestamp();
    private int _tokens;
    private int _elements;

    public void OnToken(HtmlToken token, TextRange range)
    {
        if (++_tokens % TokensBetweenLooks == 0)
        {
            LookAtTheClock();
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
    public void Inspect(INode root)
    {
        var elements = 0;
        Inspect(root, 0, ref elements);
    }

    private void Inspect(INode node, int depth, ref int elements)
    {
        if (depth > limits.Depth + LevelsAroundASlot)
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
