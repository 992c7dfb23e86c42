using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Fragments.Testing.Hosting;
using Stitcher.Parsing;

namespace Stitcher.Fragments.Testing.Checks;

/// <summary>An answer's elements as a browser makes them, each knowing where its tag stands.</summary>
internal static class SourceTree
{
    private static readonly HtmlParserOptions Options = new() { IsKeepingSourceReferences = true };

    /// <returns>What holds the elements: a document, or the place of a fragment in one.</returns>
    public static INode Of(Answer answer)
    {
        var parser = new HtmlParser(Options);
        if (answer.IsDocument)
        {
            return parser.ParseDocument(answer.Html);
        }

        // Behind a doctype, for in quirks some elements mean other things; the body is the commonest place of a slot.
        var body = new HtmlParser().ParseDocument("<!doctype html><body>").Body!;
        var root = body.Owner!.CreateDocumentFragment();
        foreach (var node in parser.ParseFragment(answer.Html, body).ToArray())
        {
            root.AppendChild(node);
        }

        return root;
    }

    public static IEnumerable<IElement> Elements(INode root) => DocumentTree.Descendants(root).OfType<IElement>();

    public static SourcePlace? PlaceOf(IElement element) =>
        element.SourceReference is { Position: var position } && position.Line > 0 ? new SourcePlace(position.Line, position.Column) : null;
}
