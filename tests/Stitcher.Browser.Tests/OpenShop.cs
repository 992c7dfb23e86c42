using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>The running shop in a real browser, one for all tests that end none of its services.</summary>
[CollectionDefinition(Name)]
public sealed partial class OpenShop : IAsyncLifetime, ICollectionFixture<OpenShop>
{
    public const string Name = "The shop in a browser";

    /// <summary>Slots that show their own content, by the classes the layouts give it.</summary>
    private const string OwnContent = ".notice, .card-away, .account-away, .basket-away, .further-away";

    private RunningShop? _shop;

    public static IReadOnlyList<string> Pages { get; } = ["/", "/products/7", "/orders", "/analytics"];

    public RunningShop Shop => _shop!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (RealBrowser.IsInstalled)
        {
            _shop = await RunningShop.StartAsync(isPatient: true);
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
        await WholeWithoutScriptAsync(window, path);
        await AwakeAsync(window);
    }

    /// <summary>Opens a page, again if a busy machine used up a slot's time.</summary>
    internal Task WholeWithoutScriptAsync(Window window, string path) => Eventually.HoldsAsync(
        async () =>
        {
            window.ForgetComplaints();
            await window.GoAsync(Address(path));
            return await window.Page.Locator(OwnContent).CountAsync() == 0;
        },
        $"{path} is whole",
        RunningShop.Recovery);

    /// <summary>Signs the window's reader in, as the first of the shop's people.</summary>
    internal async Task SignInAsync(Window window)
    {
        await window.GoAsync(Address("/sign-in"));
        await AwakeAsync(window);
        await window.Page.Locator("input[name=email]").FillAsync("ada@saltmarsh.example");
        await window.Page.Locator("input[name=password]").FillAsync("saltmarsh");
        await window.Page.Locator("form[action='/sign-in'] button[type=submit]").ClickAsync();
        await window.Page.Locator(".profile-line").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Waits until the page's scripts have run.</summary>
    internal static Task AwakeAsync(Window window) => window.Page.WaitForSelectorAsync("html[data-live=ready]");

    internal Uri Address(string path) => new(Shop.Gateway.Address, path);

    /// <summary>Every file that the page or its map names answers: those that the gateway has not kept yet are fetched by being asked for.</summary>
    internal static async Task<bool> KeepsAsync(RunningShop shop, string path)
    {
        var page = await shop.Client.GetStringAsync(path);
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
            using var answer = await shop.Client.GetAsync(file);
            return answer.IsSuccessStatusCode;
        }));
        return answers.All(static isThere => isThere);
    }

    [GeneratedRegex("""(?:href|src)="(/_s/[^"/]+/~[^"]+)""")]
    private static partial Regex NamedFile();
}
