using System.Text.Json;
using AngleSharp.Dom;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The table of all that the shop exposes, in <c>fragments/README.md</c>, against the services and the shop's pages.</summary>
public sealed class ExposedThingTests(ShopServices shop)
{
    public static TheoryData<string> Services => [.. RunningShop.Projects.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_readme_says_of_everything_what_its_manifest_and_its_services_own_page_say(string service)
    {
        using var manifest = JsonDocument.Parse(
            await shop[service].Client.GetStringAsync(new Uri("/.well-known/stitcher.json", UriKind.Relative), TestContext.Current.CancellationToken));
        var alone = (await FragmentAnswer.OfAsync(shop[service], "/")).Page;
        var imports = alone.QuerySelector("script[type=importmap]")!.TextContent;

        Assert.Equal(
            manifest.RootElement.GetProperty("exposes").EnumerateArray().Select(exposed => (
                $"{service}/{exposed.GetProperty("key").GetString()![2..]}",
                exposed.TryGetProperty("category", out var category) ? category.GetString() : "component",
                exposed.TryGetProperty("fragment", out var fragment) ? fragment.GetString() : ReadmeTable.None,
                exposed.GetProperty("module").GetString())).Order(),
            ExposedThing.Of(service).Select(static thing => (thing.Address, thing.Category, thing.Fragment, thing.Module)).Order()!);
        Assert.All(ExposedThing.Of(service), thing =>
        {
            Assert.Equal(thing.HasFragment ? $"/#{thing.Name}" : "/#modules", thing.Alone);
            Assert.Contains(thing.Name, alone.GetElementById(thing.Alone[2..])!.TextContent, StringComparison.Ordinal);
            Assert.Contains($"\"{thing.Address}\":\"/assets/{thing.Module}\"", imports, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_readme_says_of_every_fragment_on_which_pages_it_is() => Assert.All(
        ExposedThing.All.Where(static thing => thing.HasFragment),
        static thing => Assert.All(
            thing.Pages == ExposedThing.EveryPage ? EndToEndSlot.Routes : [thing.Pages],
            page => Assert.Contains(EndToEndSlot.Of(page), slot => slot.Address == thing.Address)));
}
