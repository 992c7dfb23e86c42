using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>The running shop in a real browser, one for all tests that end none of its services.</summary>
[CollectionDefinition(Name)]
public sealed class OpenShop : BrowserShop, ICollectionFixture<OpenShop>
{
    public const string Name = "The shop in a browser";

    /// <summary>Slots that show their own content, by the classes the layouts give it.</summary>
    private const string OwnContent = ".notice, .card-away, .account-away, .basket-away, .further-away";

    public static IReadOnlyList<string> Pages { get; } = ["/", "/products/7", "/orders", "/analytics"];

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

    /// <summary>Signs the window's reader in, as the first of the shop's people unless another is named.</summary>
    internal async Task SignInAsync(Window window, string name = "ada")
    {
        await window.GoAsync(Address("/sign-in"));
        await AwakeAsync(window);
        await window.Page.Locator("input[name=email]").FillAsync($"{name}@saltmarsh.example");
        await window.Page.Locator("input[name=password]").FillAsync("saltmarsh");
        await window.Page.Locator("form[action='/sign-in'] button[type=submit]").ClickAsync();

        // The next page is there, and not only the name in the head of this one.
        await Expect(window.Page).Not.ToHaveURLAsync(new Regex("/sign-in"));
        await window.Page.WaitForSelectorAsync("html[data-live=ready]:not([data-live-going])");
        await window.Page.Locator(".profile-line").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Brings everything to life that waits until it is seen, and goes back to the top.</summary>
    internal static async Task AllAwakeAsync(Window window)
    {
        await Eventually.HoldsAsync(
            async () => await window.EvaluateAsync<int>(
                """
                (() => {
                  const asleep = document.querySelectorAll('[data-module]:not([data-awake], [data-boundary], [data-hydrate=interaction])');
                  asleep[0]?.scrollIntoView();
                  return asleep.length;
                })()
                """) == 0,
            "every module is awake, or has said why not");
        await window.EvaluateAsync<bool>("(scrollTo(0, 0), true)");
    }

    /// <summary>Waits until the page's scripts have run.</summary>
    internal static Task AwakeAsync(Window window) => window.Page.WaitForSelectorAsync("html[data-live=ready]");

    internal Uri Address(string path) => new(Shop.Gateway.Address, path);
}
