using Stitcher.Fragments.Testing;
using Xunit;

namespace NewFragment.Tests;

public sealed class NewFragmentTests : IAsyncDisposable
{
    private readonly FragmentHost _service = FragmentHost.For<Program>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_panel_keeps_the_contract_with_gateways()
    {
        var panel = await _service.GetAsync("NewFragmentPanel", new { limit = 2 }, ct: Token);

        await panel.AssertContractAsync(Token);
        Assert.Equal(2, panel.Page.QuerySelectorAll("li").Length);
        Assert.StartsWith("kept 30 s for everybody", panel.Kept, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_manifest_names_what_is_there() => _service.AssertManifestAsync(Token);

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
