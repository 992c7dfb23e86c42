using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>One running shop for all end-to-end tests. A test that ends or holds services brings them back.</summary>
public sealed class EndToEndShop : IAsyncLifetime
{
    private RunningShop? _shop;

    /// <summary>The pages that no service may take down.</summary>
    public static IReadOnlyList<string> SturdyPages { get; } = ["/", "/orders", "/analytics"];

    public RunningShop Shop => _shop!;

    /// <summary>Nothing is remembered, so that every page shows what its services answer now.</summary>
    public async ValueTask InitializeAsync() =>
        _shop = await RunningShop.StartAsync(new Dictionary<string, string>(RunningShop.ShortRests) { ["Stitcher__Cache__Bytes"] = "0" });

    public async ValueTask DisposeAsync()
    {
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>
    /// Asks for a page until each of its slots shows what it should. Each answer on the way must be 200: a page that is right in the end but was an
    /// error before is a failure. It may take more than one, for a busy machine can use up a slot's time by itself.
    /// </summary>
    /// <param name="path">The page.</param>
    /// <param name="down">The services whose slots must show their own content; all others must show their service's fragment.</param>
    internal async Task<EndToEndPage> ShowsAsync(string path, params string[] down)
    {
        EndToEndPage? page = null;
        string[] wrong = ["no answer yet"];
        try
        {
            await Eventually.HoldsAsync(
                async () =>
                {
                    page = await EndToEndPage.OfAsync(Shop.Client, path);
                    Assert.Equal(HttpStatusCode.OK, page.Status);
                    wrong = [.. EndToEndSlot.Of(path).Select(slot => slot.Problem(page, down.Contains(slot.Service))).OfType<string>()];
                    return wrong.Length == 0;
                },
                $"{path} shows everything but [{string.Join(", ", down)}]",
                RunningShop.Recovery);
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{e.Message} {string.Join("; ", wrong)}. The gateway said:\n{Shop.Gateway.Output}", e);
        }

        return page!;
    }
}
