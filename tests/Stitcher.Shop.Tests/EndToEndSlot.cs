using System.Text.Json;
using AngleSharp.Dom;
using Stitcher.TestKit;

namespace Stitcher.Shop.Tests;

/// <summary>A slot of the shop's pages, read from the layout that people edit and not from the gateway: what it is for, and what stands in it.</summary>
/// <param name="Address">The fragment's address: <c>products/ProductCatalog</c>. Fragments of the shop carry it in <c>data-module</c>.</param>
/// <param name="Fallback">The words of the slot's own content; none for one that shows nothing to see.</param>
internal sealed record EndToEndSlot(string Address, string Fallback)
{
    private static readonly Dictionary<string, EndToEndSlot[]> Pages = Read();

    public string Service => Address.Split('/')[0];

    /// <summary>The shop's pages.</summary>
    public static IReadOnlyCollection<string> Routes => Pages.Keys;

    public static IReadOnlyList<EndToEndSlot> Of(string path) => Pages[path];

    /// <summary>What is wrong with this slot on the page, or null.</summary>
    public string? Problem(EndToEndPage page, bool isDown)
    {
        // A fragment may say the same words as the slot's own content: a form that works without it is the same form.
        var body = (IElement)page.Document.Body!.Clone();
        var fragments = body.QuerySelectorAll($"[data-module='{Address}']");
        foreach (var fragment in fragments)
        {
            fragment.Remove();
        }

        var hasFragment = fragments.Length > 0;
        var hasFallback = Fallback.Length == 0 ? isDown : EndToEndPage.Words(body).Contains(Fallback, StringComparison.Ordinal);
        return (hasFragment, hasFallback) == (!isDown, isDown)
            ? null
            : $"{Address} should show {(isDown ? "its own content" : "its fragment")}, but shows {(hasFragment ? "the fragment" : "no fragment")} and {(hasFallback ? "the own content" : "no own content")}";
    }

    private static Dictionary<string, EndToEndSlot[]> Read()
    {
        var gateway = Path.Combine(Repository.Root, "gateway");
        using var settings = JsonDocument.Parse(File.ReadAllText(Path.Combine(gateway, "appsettings.json")));
        return settings.RootElement.GetProperty("Stitcher").GetProperty("Pages").EnumerateArray().ToDictionary(
            page => page.GetProperty("Route").GetString()!,
            page => ShopLayout.Read(page.GetProperty("Layout").GetString()!)
                .QuerySelectorAll("fragment")
                .Select(slot => new EndToEndSlot(slot.GetAttribute("src")!.Split('?')[0], EndToEndPage.Words(slot)))
                .ToArray());
    }
}
