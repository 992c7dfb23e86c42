using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Parsing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The shop's layouts as people edit them, each with its base and its parts put together.</summary>
internal static class ShopLayout
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "gateway", "layouts");

    public static IHtmlDocument Read(string layout)
    {
        var errors = new List<string>();
        var text = new LayoutExpansion(ReadPart, errors).Expand(new LayoutOrigin(layout, File.ReadAllText(Path.Combine(Folder, layout)))).Text;
        Assert.Empty(errors);
        return new HtmlParser().ParseDocument(text);
    }

    private static string ReadPart(string file, out string? problem)
    {
        problem = null;
        return File.ReadAllText(Path.Combine(Folder, file));
    }
}
