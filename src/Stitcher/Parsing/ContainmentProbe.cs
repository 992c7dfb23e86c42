using System.Collections.Concurrent;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

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

    // Far more places than layouts have. Fragments with slots make up places of their own, without end.
    private const int MostKept = 1_024;

    private static readonly ConcurrentDictionary<SlotContext, ContainmentProbe> Probes = new();

    private readonly SlotContext _context;
    private readonly string _prefix;
    private readonly string _suffix;
    private readonly string _emptyShape;

    private ContainmentProbe(SlotContext context)
    {
        _context = context;
        var names = context.Ancestors.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _prefix = (context.Quirks ? "" : "<!DOCTYPE html>") + string.Concat(names.Select(name => $"<{name}>")) + Empty(context.Siblings.Before) + $"<!--{Begin}-->";
        _suffix = $"<!--{End}-->" + Empty(context.Siblings.After) + FollowingFor(names);
        var empty = Parse("", new HtmlParserOptions());
        var (begin, end) = MarksOf(empty) ?? throw new InvalidOperationException($"No slot can stand in '{context.Ancestors}'.");
        end.Parent!.RemoveChild(end);
        begin.Parent!.RemoveChild(begin);
        _emptyShape = DocumentTree.ShapeOf(empty);
    }

    // What can follow a slot. An element and a text make the parser bring back formatting elements that the fragment left open; the end
    // of each ancestor shows that the fragment has not ended it before, nor made the parser forget that it is open, as </form> in a table
    // does; a form shows that the fragment has left none open, which would make the parser drop the page's next one.
    private static string FollowingFor(string[] ancestors)
    {
        const string Follower = "<stitcher-after></stitcher-after>after";
        var suffix = new StringBuilder(Follower);
        foreach (var name in ancestors.Where(name => name is not ("html" or "head" or "body")).Reverse())
        {
            suffix.Append("</").Append(name).Append('>').Append(Follower);
        }

        return suffix.Append("<form></form>").ToString();
    }

    public static ContainmentProbe For(SlotContext context) => Probes.TryGetValue(context, out var known)
        ? known
        : Probes.Count < MostKept ? Probes.GetOrAdd(context, static c => new ContainmentProbe(c)) : new ContainmentProbe(context);

    /// <summary>A fragment in its place.</summary>
    /// <param name="Fragment">A node whose children are the fragment's own.</param>
    /// <param name="IsAsWritten">Whether its tags say the tree that the parser made of them.</param>
    public readonly record struct Contained(INode Fragment, bool IsAsWritten);

    /// <summary>Parses the fragment in its place; null when it does not stay there whole.</summary>
    /// <exception cref="ParseRefusedException">The parse costs more than the budget allows.</exception>
    public Contained? Contain(string html, ParseBudget budget)
    {
        var tags = new TagTree(Begin, End, _context);
        var document = Parse(html, budget.Watch(tags));
        budget.Inspect(document);
        if (!IsTheSameWhereScriptsRun(html, tags) || MarksOf(document) is not var (begin, end) || begin.Parent != end.Parent)
        {
            return null;
        }

        var parent = begin.Parent!;
        var fragment = document.CreateDocumentFragment();
        while (begin.NextSibling is { } node && node != end)
        {
            fragment.AppendChild(node);
        }

        if (begin.NextSibling is null || tags.FirstLost(fragment) is not null)
        {
            return null;
        }

        parent.RemoveChild(begin);
        parent.RemoveChild(end);
        return DocumentTree.ShapeOf(document) == _emptyShape ? new Contained(fragment, tags.Says(fragment)) : null;
    }

    /// <summary>Parses the fragment the way a browser's <c>innerHTML</c> would: whatever it tries, it ends inside the slot's element.</summary>
    /// <returns>A node whose children are the fragment's own.</returns>
    /// <exception cref="ParseRefusedException">The parse costs more than the budget allows, or an element has no place here.</exception>
    public INode Repair(string html, ParseBudget budget)
    {
        var empty = Parse("", new HtmlParserOptions());
        var place = MarksOf(empty)!.Value.Begin.Parent!;
        var context = place as IElement ?? DocumentTree.TemplateOf(place);
        var tags = new TagTree(null, null, _context);
        var fragment = empty.CreateDocumentFragment();
        foreach (var node in ParserWithoutFrames.With(budget.Watch(tags)).ParseFragment(html, context).ToList())
        {
            fragment.AppendChild(node);
        }

        budget.Inspect(fragment);
        return tags.FirstLost(fragment) is not { } lost
            ? fragment
            : throw new ParseRefusedException($"context: <{lost}> has no place in <{context.LocalName}>, it would be lost");
    }

    /// <summary>What is open around a comment inside contained markup.</summary>
    public SlotContext ContextAt(string html, string comment)
    {
        var document = Parse(html, new HtmlParserOptions());
        return DocumentTree.FindComment(document, comment) is { } place
            ? SlotContext.Around(place, document.Doctype is null)
            : SlotContext.Body;
    }

    // To a browser that runs scripts the inside of a noscript element is text, up to the first thing that looks like its end tag.
    private bool IsTheSameWhereScriptsRun(string html, TagTree tags)
    {
        const string EndTag = "</noscript";
        var isInside = _context.IsInside("noscript");
        if (!isInside && !tags.HasNoScript)
        {
            return true;
        }

        var ends = 0;
        for (var at = html.IndexOf(EndTag, StringComparison.OrdinalIgnoreCase); at >= 0; at = html.IndexOf(EndTag, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            ends++;
        }

        return ends == (isInside ? 0 : tags.NoScriptEnds);
    }

    private static string Empty(string name) => name.Length == 0 ? "" : $"<{name}></{name}>";

    private IHtmlDocument Parse(string html, HtmlParserOptions options) =>
        ParserWithoutFrames.With(options).ParseDocument(string.Concat(_prefix, html, _suffix).AsMemory());

    private static (IComment Begin, IComment End)? MarksOf(IDocument document) =>
        DocumentTree.FindComment(document, Begin) is { } begin && DocumentTree.FindComment(document, End) is { } end ? (begin, end) : null;
}
