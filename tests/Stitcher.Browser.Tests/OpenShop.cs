using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>The running shop in a real browser. One for all tests; who ends a service brings it back.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OpenShop : IAsyncLifetime, ICollectionFixture<OpenShop>
{
    public const string Name = "The shop in a browser";

    /// <summary>Slots that show their own content, by the classes the layouts give it.</summary>
    private const string OwnContent = ".notice, .card-away, .account-away, .further-away";

    private RunningShop? _shop;

    public static IReadOnlyList<string> Pages { get; } = ["/", "/products/7", "/orders", "/analytics"];

    public RunningShop Shop => _shop!;

    /// <summary>Nothing is remembered, so that a service that is down shows at once.</summary>
    public async ValueTask InitializeAsync()
    {
        if (RealBrowser.IsInstalled)
        {
            _shop = await RunningShop.StartAsync(new Dictionary<string, string> { ["Stitcher__Cache__Bytes"] = "0" });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>Opens a page, again if a busy machine used up a slot's time, and waits until its scripts have run.</summary>
    internal async Task WholeAsync(Window window, string path)
    {
        await Eventually.HoldsAsync(
            async () =>
            {
                window.ForgetComplaints();
                await window.GoAsync(Address(path));
                return await window.Page.Locator(OwnContent).CountAsync() == 0;
            },
            $"{path} is whole");
        await AwakeAsync(window);
    }

    /// <summary>Waits until the page's scripts have run.</summary>
    internal static Task AwakeAsync(Window window) => window.Page.WaitForSelectorAsync("html[data-shop=awake]");

    internal Uri Address(string path) => new(Shop.Gateway.Address, path);
}
