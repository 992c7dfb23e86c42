using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Stitcher.Federation.Manifests;

namespace Stitcher.Local.Checking;

/// <summary>
/// Tells whether a slot shows its service's fragment or its own content: the fragment is fetched from the service itself, past the gateway, and
/// an element of the page must have the same name, classes and text as the fragment's; one that has nothing to read is known by its classes.
/// </summary>
internal sealed class SlotCheck(ShopReader reader, IReadOnlyList<ProcessPlan> services)
{
    /// <summary>Compares one slot of the page with what its service says.</summary>
    public async Task<CheckRow> RunAsync(PageUnderCheck page, SlotUnderCheck slot, IHtmlDocument document, CancellationToken stopping)
    {
        var service = services.FirstOrDefault(plan => plan.Name == slot.Service);
        if (service is null)
        {
            return Bad("no process of the shop has this name");
        }

        var manifest = await reader.GetAsync(service.ReadyAddress, stopping);
        var exposed = StitcherManifest.Read(manifest.Body, out _)?.Exposes.FirstOrDefault(module => module.Name == slot.Fragment);
        if (exposed?.Fragment is not { } path)
        {
            return Bad("its service does not offer it");
        }

        var fragment = await reader.GetAsync(new Uri(service.Address, slot.AddressOn(path)), stopping);
        if (!fragment.IsOk("text/html"))
        {
            return Bad($"its service says {fragment.Said}");
        }

        var expected = new HtmlParser().ParseDocument(new MemoryStream(fragment.Body)).Body?.FirstElementChild;
        var text = expected is null ? "" : HtmlText.Of(expected);
        if (expected is null || (text.Length == 0 && expected.ClassName is not { Length: > 0 }))
        {
            return Bad("its service sends nothing to recognise it by");
        }

        var shown = document
            .GetElementsByTagName(expected.LocalName)
            .Any(element => element.ClassName == expected.ClassName && HtmlText.Of(element) == text);
        return shown
            ? new CheckRow(page.Path, null, slot.Name, slot.Service, true, "from its service", fragment.Body.Length, fragment.Elapsed)
            : Bad("not what its service sends");

        CheckRow Bad(string verdict) => new(page.Path, null, slot.Name, slot.Service, false, verdict);
    }
}
