using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Stitcher.Parsing;

/// <summary>
/// The parser, told to leave frames alone. By itself it parses an <c>srcdoc</c> as a document of its own with the same callbacks,
/// so that the tags in an attribute would be taken for the fragment's, or for a layout's slots.
/// </summary>
internal static class ParserWithoutFrames
{
    private static readonly IConfiguration Configuration = AngleSharp.Configuration.Default.Without<IDocumentFactory>();

    public static HtmlParser With(HtmlParserOptions options) => new(options, BrowsingContext.New(Configuration));
}
