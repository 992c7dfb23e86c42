using System.Collections.Concurrent;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Stitcher.Parsing;

/// <summary>
/// Holds a fragment against the promise: around its slot the document is the same as with an empty slot. The slot's open ancestors,
/// the fragment between two marks, and something that follows are parsed as one document; what is not between the marks must be
/// what it is without the fragment, and every element the fragment opened must be there.
/// </summary>
internal sealed class ContainmentProbe
{
    // Not to be guessed by a service, so that a fragment cannot bring its own marks.
    private static readonly string Begin = "stitcher:" + Guid.NewGuid().ToString("N");
    private static readonly string End = "stitcher:" + Guid.NewGuid().ToString("N");

    private static readonly ConcurrentDictionary<SlotContext, ContainmentProbe> Probes = new();

    private readonly string _prefix;
    private readonly string _suffix;
    private readonly int _levels;
    private readonly bool _insideNoScript;
    private readonly string _emptyShape;

    private ContainmentProbe(SlotContext context)
    {
        var names = context.Ancestors.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _levels = names.Length;
        _insideNoScript = names.Contains("noscript");
        _prefix = (context.Quirks ? "" : "<!DOCTYPE html>") + string.Concat(names.Select(name => $"<{name}>")) + $"<!--{Begin}-->";
        _suffix = SuffixFor(names);
        var empty = Parse("", new HtmlParserOptions());
        var (begin, end) = MarksOf(empty) ?? throw new InvalidOperationException($"No slot can stand in '{context.Ancestors}'.");
        end.Parent!.RemoveChild(end);
        begin.Parent!.RemoveChild(begin);
        _emptyShape = DocumentTree.ShapeOf(empty);
    }

    // What can follow a slot. An element and a text make the parser bring back formatting elements that the fragment left open; the end
    // of each ancestor shows that the fragment has not ended it before, nor made the parser forget that it is open, as </form> in a table
    // does; a form shows that the fragment has left none open, which would make the parser drop the page's next one.
    private static string SuffixFor(string[] ancestors)
    {
        const string Follower = "<stitcher-after></stitcher-after>after";
        var suffix = new StringBuilder($"<!--{End}-->").Append(Follower);
        foreach (var name in ancestors.Where(name => name is not ("html" or "head" or "body")).Reverse())
        {
            suffix.Append("</").Append(name).Append('>').Append(Follower);
        }

        return suffix.Append("<form></form>").ToString();
    }

    public static ContainmentProbe For(SlotContext context) => Probes.GetOrAdd(context, c => new ContainmentProbe(c));

    /// <summary>Parses the fragment in its place; null when it does not stay there whole.</summary>
    /// <returns>A node whose children are the fragment's own.</returns>
    /// <exception cref="ParseRefusedException">The parse costs more than the budget allows.</exception>
    public INode? Contain(string html, ParseBudget budget, ParseLimits limits)
    {
        // To a browser that runs scripts the inside of a noscript element is text up to the first thing that looks like its end tag.
        if (_insideNoScript && html.Contains("</noscript", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        budget.StartParse();
        var opened = new OpenedElements(Begin, End);
        var document = Parse(html, new HtmlParserOptions
        {
            MaximumDepth = limits.Depth + _levels + 16,
            DisableElementPositionTracking = true,
            OnCreated = budget.OnCreated,
            OnToken = (token, range) =>
            {
                budget.OnToken(token, range);
                opened.Count(token);
            },
        });
        budget.Inspect(document, _levels);
        if (MarksOf(document) is not var (begin, end) || begin.Parent != end.Parent)
        {
            return null;
        }

        var parent = begin.Parent!;
        var fragment = document.CreateDocumentFragment();
        while (begin.NextSibling is { } node && node != end)
        {
            fragment.AppendChild(node);
        }

        if (begin.NextSibling is null || opened.FirstLost(fragment) is not null)
        {
            return null;
        }

        parent.RemoveChild(begin);
        parent.RemoveChild(end);
        return DocumentTree.ShapeOf(document) == _emptyShape ? fragment : null;
    }

    /// <summary>Parses the fragment the way a browser's <c>innerHTML</c> would: whatever it tries, it ends inside the slot's element.</summary>
    /// <exception cref="ParseRefusedException">The parse costs more than the budget allows, or an element has no place here.</exception>
    public INode Repair(string html, ParseBudget budget, ParseLimits limits)
    {
        var empty = Parse("", new HtmlParserOptions());
        var place = MarksOf(empty)!.Value.Begin.Parent!;
        var context = place as IElement ?? DocumentTree.TemplateOf(place);
        budget.StartParse();
        var opened = new OpenedElements(null, null);
        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = limits.Depth + _levels + 16,
            DisableElementPositionTracking = true,
            OnCreated = budget.OnCreated,
            OnToken = (token, range) =>
            {
                budget.OnToken(token, range);
                opened.Count(token);
            },
        });
        var fragment = empty.CreateDocumentFragment();
        foreach (var node in parser.ParseFragment(html, context).ToList())
        {
            fragment.AppendChild(node);
        }

        budget.Inspect(fragment, 0);
        return opened.FirstLost(fragment) is not { } lost
            ? fragment
            : throw new ParseRefusedException($"context: <{lost}> has no place in <{context.LocalName}>, it would be lost");
    }

    /// <summary>What is open around a comment inside contained markup.</summary>
    public SlotContext ContextAt(string html, string comment)
    {
        var document = Parse(html, new HtmlParserOptions());
        return DocumentTree.FindComment(document, comment) is { } place
            ? SlotContext.Of(DocumentTree.AncestorNames(place), document.Doctype is null)
            : SlotContext.Body;
    }

    private IHtmlDocument Parse(string html, HtmlParserOptions options) =>
        new HtmlParser(options).ParseDocument(string.Concat(_prefix, html, _suffix).AsMemory());

    private static (IComment Begin, IComment End)? MarksOf(IDocument document) =>
        DocumentTree.FindComment(document, Begin) is { } begin && DocumentTree.FindComment(document, End) is { } end ? (begin, end) : null;
}
