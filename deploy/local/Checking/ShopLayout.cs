using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Stitcher.Local.Checking;

/// <summary>Puts a layout, its base and its parts together far enough to find the slots. The gateway judges the files; here they are right.</summary>
internal static class ShopLayout
{
    /// <param name="folder">The layout root.</param>
    /// <param name="file">The layout's path below it.</param>
    public static IHtmlDocument Read(string folder, string file)
    {
        var document = new HtmlParser().ParseDocument(File.ReadAllText(Path.Combine(folder, file)));
        foreach (var include in document.QuerySelectorAll("include[src]").ToArray())
        {
            include.OuterHtml = Read(folder, include.GetAttribute("src")!).Body!.InnerHtml;
        }

        if (document.QuerySelector("extend[src]")?.GetAttribute("src") is not { } extended)
        {
            return document;
        }

        var composed = Read(folder, extended);
        foreach (var fill in document.QuerySelectorAll("fill[name]"))
        {
            if (composed.QuerySelectorAll("place[name]").FirstOrDefault(place => place.GetAttribute("name") == fill.GetAttribute("name")) is { } filled)
            {
                filled.InnerHtml = fill.InnerHtml;
            }
        }

        return composed;
    }
}
