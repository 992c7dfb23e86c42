using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Stitcher.Shop.Tests;

/// <summary>
/// Does what a browser does with deferred slots: each template at the end of the body that names a marked range (<c>&lt;?start name=…&gt;</c> to
/// <c>&lt;?end&gt;</c>, comments to a parser that does not know them) goes in its place.
/// </summary>
internal static class EndToEndLateParts
{
    public static IHtmlDocument Place(IHtmlDocument document)
    {
        var starts = document.Descendants<IComment>().ToLookup(comment => comment.Data, StringComparer.Ordinal);
        foreach (var template in document.QuerySelectorAll("template[for]").OfType<IHtmlTemplateElement>().ToArray())
        {
            if (starts[$"?start name=\"{template.GetAttribute("for")}\""].FirstOrDefault() is not { } start)
            {
                continue;
            }

            while (start.NextSibling is { } shown and not IComment { Data: "?end" })
            {
                shown.RemoveFromParent();
            }

            start.Parent!.InsertBefore(template.Content, start.NextSibling);
            template.Remove();
        }

        return document;
    }
}
