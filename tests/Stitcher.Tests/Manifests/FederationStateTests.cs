using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class FederationStateTests
{
    [Fact]
    public void A_page_carries_an_import_map_as_soon_as_any_service_is_to_have_a_manifest()
    {
        var state = new FederationState();
        Assert.True(state.Current.MapFor(["users"]).Element.IsEmpty);
        state.Expect(["users"]);
        Assert.Equal("<script type=\"importmap\">{\"imports\":{}}</script>", Encoding.UTF8.GetString(state.Current.MapFor(["users"]).Element.Span));
        state.Expect([]);
        Assert.True(state.Current.MapFor(["users"]).Element.IsEmpty);
    }

    [Fact]
    public void A_manifest_of_a_service_that_is_not_configured_is_not_taken()
    {
        var state = new FederationState();
        state.Take("users", Manifest("users"));
        Assert.Empty(state.Current.Manifests);
    }

    [Fact]
    public void Who_listens_is_told_of_each_new_manifest_and_finds_it_there()
    {
        var state = new FederationState();
        state.Expect(["users", "orders"]);
        var seen = new List<int>();
        state.Changed += () => seen.Add(state.Current.Manifests.Count);
        state.Take("users", Manifest("users"));
        state.Take("orders", Manifest("orders"));
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public void What_is_known_of_a_service_goes_with_it_and_the_others_stay()
    {
        var state = new FederationState();
        state.Expect(["users", "orders"]);
        state.Take("users", Manifest("users"));
        state.Take("orders", Manifest("orders"));
        state.Expect(["orders"]);
        Assert.Equal(["orders"], state.Current.Manifests.Keys);
    }

    private static ServiceManifest Manifest(string name) => new() { Name = name, Revision = "1" };
}
