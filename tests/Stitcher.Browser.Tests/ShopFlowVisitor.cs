using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Somebody in the shop, in a window of their own: how they get from page to page, and what they must find there.</summary>
internal sealed class ShopFlowVisitor(Window window, Uri shop, ShopFlowWay way) : IAsyncDisposable
{
    // Modules that wait for something are left out: the page is whole without them.
    private const string Asleep = "[data-module]:not([data-awake]):not([data-hydrate=visible]):not([data-hydrate=idle]):not([data-hydrate=interaction])";

    // What pages say in the place of a fragment that took longer than it may; what is fetched late says so in any case.
    private const string OwnContent = ".notice:not(.until-late), .card-away:not(.until-late), .account-away, .basket-away, .further-away";

    // What the browser itself asks of each service, besides pages: of pictures a remembered page has only the names.
    private static readonly Dictionary<string, string[]> Asked = new()
    {
        ["products"] = ["/api/products", "/_s/products/assets/products/"],
        ["users"] = [],
        ["orders"] = ["/cart", "/api/cart"],
        ["analytics"] = ["/track", "/track.gif"],
    };

    private readonly List<(string Path, int Status)> _refusals = [];
    private readonly HashSet<string> _met = new(StringComparer.Ordinal);
    private string? _dead;

    public ShopFlowWay Way => way;

    public Window Window => window;

    public IPage Page => window.Page;

    /// <summary>The page's own part, without what all pages have.</summary>
    public ILocator Main => Page.Locator("main");

    /// <summary>Opens a window on the shop's door. There is no shop where there is no browser.</summary>
    public static async Task<ShopFlowVisitor> EnterAsync(RealBrowser browser, RunningShop? shop, ShopFlowWay way)
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        return new ShopFlowVisitor(await browser.OpenAsync(way.Look, withScript: way.WithScript), shop!.Gateway.Address, way);
    }

    /// <summary>Types an address and waits until the page is there.</summary>
    /// <param name="path">Path and query.</param>
    /// <param name="heading">The page's first heading.</param>
    public async Task<IResponse> GoAsync(string path, string heading)
    {
        var response = await window.GoAsync(new Uri(shop, path));
        await AwakeAsync();
        await WholeAsync();
        await HeadedAsync(heading);
        return response;
    }

    /// <summary>Presses a link or a button that leads to another page, and waits until that is there.</summary>
    /// <param name="what">What is pressed.</param>
    /// <param name="path">The path and query where it leads, as an expression.</param>
    /// <param name="heading">The page's first heading.</param>
    public async Task FollowAsync(ILocator what, string path, string heading)
    {
        await LeaveAsync(() => what.ClickAsync());
        await WholeAsync();
        await AtAsync(path, heading);
    }

    /// <summary>Does what leads to another page, or to this one anew, and waits until that is there.</summary>
    public async Task LeaveAsync(Func<Task> act)
    {
        if (way.WithScript)
        {
            // With scripts the document may stay: what shows the next page is its body.
            await window.EvaluateAsync<string>("document.querySelector('main').dataset.left = ''");
            await act();
            await Page.WaitForSelectorAsync("main:not([data-left])");
        }
        else
        {
            var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            void Note(object? sender, IPage page) => loaded.TrySetResult();
            Page.Load += Note;
            try
            {
                await act();
                await loaded.Task.WaitAsync(Eventually.Deadline);
            }
            finally
            {
                Page.Load -= Note;
            }
        }

        await AwakeAsync();
    }

    /// <summary>Sends a form that comes back, and waits for the sentence that says why.</summary>
    /// <param name="button">By which it is sent.</param>
    /// <param name="path">The form's address.</param>
    /// <param name="where">Where the sentence stands.</param>
    /// <param name="sentence">The sentence, or a part of it.</param>
    public async Task BeRefusedAsync(ILocator button, string path, ILocator where, string sentence, int status = 422)
    {
        _refusals.Add((path, status));
        if (way.WithScript)
        {
            await button.ClickAsync();
        }
        else
        {
            await LeaveAsync(() => button.ClickAsync());
        }

        await Expect(where).ToContainTextAsync(sentence);
    }

    /// <summary>Is on a page, and it is headed and titled as it should be.</summary>
    public async Task AtAsync(string path, string heading)
    {
        await Expect(Page).ToHaveURLAsync(new Regex($"^{Regex.Escape(shop.GetLeftPart(UriPartial.Authority))}{path}$"));
        await HeadedAsync(heading);
    }

    public Task HeadedAsync(string heading) => Expect(Main.Locator("h1, h2").First).ToContainTextAsync(heading);

    /// <summary>A page that says no is meant to: its status is no complaint.</summary>
    public void Expects(string path, int status) => _refusals.Add((path, status));

    /// <summary>A service is gone: pages that it decides are 503, and what the browser asks of it is not answered.</summary>
    public void ExpectsOutageOf(string service) => _dead = service;

    public ILocator Button(string name) => Main.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Main.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>A link of the page's head or foot.</summary>
    public ILocator Sign(string name) => Page.Locator("header.masthead, footer.colophon").GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    /// <summary>Fills a field in by its label.</summary>
    public async Task FillAsync(string label, string text)
    {
        var field = Main.GetByLabel(label, new() { Exact = true });
        if (await field.EvaluateAsync<string>("field => field.localName") == "select")
        {
            await field.SelectOptionAsync(text);
        }
        else
        {
            await field.FillAsync(text);
        }
    }

    /// <summary>The sentence beside a field.</summary>
    public ILocator ErrorOf(string field) => Main.Locator($"[data-error-for='{field}']");

    /// <summary>How many pieces the page's head says are in the cart.</summary>
    public Task HasInCartAsync(int pieces) => Expect(Page.Locator(".masthead .cart-number")).ToHaveTextAsync(pieces.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Another window of the same visitor.</summary>
    public async Task<ShopFlowVisitor> OpenBesideAsync() => new(await window.OpenBesideAsync(), shop, way);

    /// <summary>Imports a module by its name, as any page may, and does something with it.</summary>
    public async Task<T> ImportAsync<T>(string module, string use)
    {
        var result = await window.EvaluateAsync<T>($"import('{module}').then({use})");
        _met.Add(module);
        return result;
    }

    /// <summary>Takes note of whose fragments are here; with scripts, of those that are awake.</summary>
    public async Task LookAroundAsync() => _met.UnionWith(
        await Page.Locator(way.WithScript ? "[data-module][data-awake]" : "[data-module]").EvaluateAllAsync<string[]>("roots => roots.map(root => root.dataset.module)"));

    /// <summary>The browser complained of nothing but what was meant to be refused, and the visitor has met all that the test's trait <c>Meets</c> names.</summary>
    public void IsContent()
    {
        var meets = TestContext.Current.Test?.Traits.GetValueOrDefault("Meets") ?? [];
        Assert.Empty(meets.SelectMany(static names => names.Split(' ')).Except(_met));
        var complaints = window.Complaints.Where(complaint => !IsMeant(complaint)).ToArray();
        Assert.True(complaints.Length == 0, $"{way}:\n{string.Join('\n', complaints)}");
    }

    public ValueTask DisposeAsync() => window.DisposeAsync();

    /// <summary>Asks for a page again when a busy machine used up a slot's time; with a service gone it stays as it is.</summary>
    private async Task WholeAsync()
    {
        for (var turn = 0; _dead is null && turn < 5 && await Page.Locator(OwnContent).CountAsync() > 0; turn++)
        {
            await Page.ReloadAsync(new() { WaitUntil = WaitUntilState.Load });
            await AwakeAsync();
        }
    }

    private async Task AwakeAsync()
    {
        if (way.WithScript)
        {
            await Page.WaitForSelectorAsync("html[data-live=ready]:not([data-live-going])");
            await Expect(Page.Locator(Asleep)).ToHaveCountAsync(0);
            await Expect(Page.Locator("[data-boundary]")).ToHaveCountAsync(0);
        }

        await LookAroundAsync();
    }

    private bool IsMeant(string complaint) =>
        _refusals.Exists(refusal =>
            complaint.Contains($"{refusal.Path} answered {refusal.Status}", StringComparison.Ordinal)
            || (complaint.Contains($"status of {refusal.Status} ", StringComparison.Ordinal) && complaint.Contains(refusal.Path, StringComparison.Ordinal)))

        || (_dead is not null && (complaint.EndsWith(" answered 503", StringComparison.Ordinal) || complaint.Contains("status of 503 ", StringComparison.Ordinal)))
        || (_dead is not null && Asked[_dead].Append($"/_f/{_dead}/").Any(path => complaint.Contains(path, StringComparison.Ordinal)));
}
