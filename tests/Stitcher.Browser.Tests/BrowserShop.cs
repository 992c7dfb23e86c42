using System.Text.Json;
using System.Text.RegularExpressions;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A running shop for tests in a browser, whose slots wait for services that live; none where there is no browser.</summary>
/// <param name="settings">Settings of its gateway, as environment variables.</param>
/// <param name="kept">Pages of which the gateway keeps every file before the first test begins: those of a service that dies later are there then.</param>
public abstract partial class BrowserShop(IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<string> kept) : IAsyncLifetime
{
    private RunningShop? _shop;

    public RunningShop Shop => _shop!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!RealBrowser.IsInstalled)
        {
            return;
        }

        _shop = await RunningShop.StartAsync(settings, isPatient: true);
        foreach (var path in kept)
        {
            await Eventually.HoldsAsync(() => KeepsAsync(path), $"the gateway has asked for every file that {path} names");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_shop is not null)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>Somebody comes in.</summary>
    internal Task<ShopFlowVisitor> EnterAsync(RealBrowser browser, ShopFlowWay way) => ShopFlowVisitor.EnterAsync(browser, _shop, way);

    /// <summary>Every file that the page or its map names answers: those that the gateway has not kept yet are fetched by being asked for.</summary>
    private async Task<bool> KeepsAsync(string path)
    {
        var page = await Shop.Client.GetStringAsync(path);
        var start = page.IndexOf("<script type=\"importmap\">", StringComparison.Ordinal) + "<script type=\"importmap\">".Length;
        using var map = JsonDocument.Parse(page[start..page.IndexOf("</script>", start, StringComparison.Ordinal)]);

        // Pages are there before all manifests are: what such a page does not name yet would not be kept.
        var names = map.RootElement.GetProperty("imports").EnumerateObject().Select(static pair => pair.Name).ToList();
        if (!RunningShop.Projects.Keys.All(service => names.Exists(name => name.StartsWith(service + '/', StringComparison.Ordinal))))
        {
            return false;
        }

        var files = map.RootElement.GetProperty("integrity").EnumerateObject().Select(static pair => pair.Name).Concat(NamedFile().Matches(page).Select(static match => match.Groups[1].Value));
        var answers = await Task.WhenAll(files.Distinct().Select(async file =>
        {
            using var answer = await Shop.Client.GetAsync(file);
            return answer.IsSuccessStatusCode;
        }));
        return answers.All(static isThere => isThere);
    }

    [GeneratedRegex("""(?:href|src)="(/_s/[^"/]+/~[^"]+)""")]
    private static partial Regex NamedFile();
}
