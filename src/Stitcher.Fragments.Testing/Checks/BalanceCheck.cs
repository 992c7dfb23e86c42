using AngleSharp.Dom;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Parsing;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>Compares the tags that were written with the elements that a browser makes of them.</summary>
internal static class BalanceCheck
{
    // What comes behind follows from what came before, mostly.
    private const int Most = 5;

    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    private sealed record Opened(LayoutTag Tag, Opened? Parent, bool IsForeign)
    {
        /// <summary>A drawing or formula, or inside one: the parser does not say where their elements stand.</summary>
        public bool IsDrawn => IsForeign || Parent is { IsDrawn: true };
    }

    public static IReadOnlyList<Finding> Find(Answer answer)
    {
        if (!answer.IsHtml)
        {
            return [];
        }

        var opened = new List<Opened>();
        var findings = Pair(answer.Html, opened).Take(Most).ToArray();
        return findings.Length > 0 ? findings : [.. Compare(answer, opened).Take(1)];
    }

    private static IEnumerable<Finding> Pair(string html, List<Opened> opened)
    {
        var open = new Stack<Opened>();
        foreach (var tag in TagReader.Read(html).Where(static tag => tag.Name != "!doctype"))
        {
            var parent = open.TryPeek(out var top) ? top : null;
            if (tag.IsStart)
            {
                var element = new Opened(tag, parent, tag.Name is "svg" or "math" || parent is { IsForeign: true, Tag.Name: not ("foreignobject" or "foreignObject" or "desc" or "title") });
                opened.Add(element);
                if (tag.IsSelfClosing && !element.IsForeign && !Void.Contains(tag.Name))
                {
                    yield return new Finding($"<{tag.Name}/> does not close itself; browsers overlook the slash, write <{tag.Name}></{tag.Name}>", At(html, tag));
                }
                else if (element.IsForeign ? !tag.IsSelfClosing : !Void.Contains(tag.Name))
                {
                    open.Push(element);
                }
            }
            else if (parent is null)
            {
                yield return new Finding($"</{tag.Name}> closes nothing that is open here; in a page it could close what is around the fragment", At(html, tag));
            }
            else if (parent.Tag.Name == tag.Name)
            {
                open.Pop();
            }
            else
            {
                yield return new Finding($"</{tag.Name}> comes while <{parent.Tag.Name}> of {At(html, parent.Tag)} is open", At(html, tag));
                while (open.Any(element => element.Tag.Name == tag.Name) && open.Pop().Tag.Name != tag.Name)
                {
                }
            }
        }

        foreach (var left in open.Reverse())
        {
            yield return new Finding($"<{left.Tag.Name}> is never closed", At(html, left.Tag));
        }
    }

    private static IEnumerable<Finding> Compare(Answer answer, List<Opened> opened)
    {
        var made = new Dictionary<int, (IElement Element, IElement? Parent)>();
        Collect(SourceTree.Of(answer), null, opened.ToDictionary(static element => element.Tag.Start, static element => element.Tag.Name), made);
        foreach (var element in opened.Where(static element => !element.IsDrawn))
        {
            var (tag, parent) = (element.Tag, element.Parent?.Tag);
            if (!made.TryGetValue(tag.Start, out var real))
            {
                yield return new Finding($"<{tag.Name}> has no place {(parent is null ? "here" : $"in <{parent.Name}>")}; a browser drops it", At(answer.Html, tag));
            }
            else if (real.Parent?.SourceReference?.Position.Index is var index && index != parent?.Start)
            {
                yield return new Finding(
                    $"<{tag.Name}> may not stand in <{parent?.Name ?? "body"}>; a browser puts it into {(real.Parent is null ? "what is around the fragment" : $"<{real.Parent.LocalName}>")} instead",
                    At(answer.Html, tag));
            }
        }
    }

    // What every author leaves to the parser, such as the body around a table's rows, has no tag of its own and the place of another's.
    private static void Collect(INode node, IElement? parent, Dictionary<int, string> names, Dictionary<int, (IElement Element, IElement? Parent)> made)
    {
        foreach (var child in DocumentTree.ChildrenOf(node))
        {
            var inner = parent;
            if (child is IElement { SourceReference.Position: { Index: var index } } element
                && names.TryGetValue(index, out var name) && string.Equals(name, element.LocalName, StringComparison.OrdinalIgnoreCase)
                && made.TryAdd(index, (element, parent)))
            {
                inner = element;
            }

            Collect(child, inner, names, made);
        }
    }

    private static SourcePlace At(string html, LayoutTag tag) => SourcePlace.At(html, tag.Start);
}
