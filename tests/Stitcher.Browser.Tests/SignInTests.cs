using Stitcher.TestKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Stitcher.Browser.Tests;

/// <summary>Signing in and out by script: the page stays, and every part of it is told.</summary>
[Collection(OpenShop.Name)]
public sealed class SignInTests(RealBrowser browser, OpenShop open)
{
    private const string Bus = "globalThis[Symbol.for('stitcher.bus.1')]";

    [Fact]
    public async Task Who_signs_in_is_known_to_all_parts_of_the_page_without_a_new_one_and_is_forgotten_by_all_when_they_leave()
    {
        Assert.SkipUnless(BrowserPackages.Missing is null, BrowserPackages.Missing ?? "");
        await using var window = await browser.OpenAsync();
        var page = window.Page;
        await window.GoAsync(open.Address("/sign-in?return=%2Fpreferences"));
        await Expect(page.Locator(".login-form[data-awake]")).ToHaveCountAsync(1);
        await Expect(page.Locator(".user-profile[data-awake]")).ToHaveCountAsync(1);
        await window.EvaluateAsync<bool>(
            $"(window.heard = [], ['user:logged-in', 'user:logged-out', 'user:changed', 'theme:changed'].forEach(topic => {Bus}.on(topic, value => window.heard.push(topic + ' ' + (value?.name ?? value)))), true)");

        await page.GetByLabel("Email").FillAsync("ada@saltmarsh.example");
        await page.GetByLabel("Password").FillAsync("wrong");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".login-form .form-message")).ToContainTextAsync("do not belong together");
        await Expect(page.GetByLabel("Email")).ToHaveValueAsync("ada@saltmarsh.example");

        await page.GetByLabel("Password").FillAsync("saltmarsh");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("main h1")).ToHaveTextAsync("Preferences");
        await Expect(page.Locator(".account .profile-name")).ToHaveTextAsync("Signed in as Ada Holt");
        await Eventually.HoldsAsync(async () => await window.EvaluateAsync<string?>($"{Bus}.get('currentUser')?.name") == "Ada Holt", "every part can ask who is signed in");

        await page.GetByLabel("Dark", new() { Exact = true }).CheckAsync();
        await Expect(page.Locator(".account .user-profile")).ToHaveAttributeAsync("data-theme-choice", "dark");
        await Expect(page.Locator("html")).ToHaveCSSAsync("background-color", "rgb(13, 21, 20)");

        await page.Locator(".profile-menu > summary").ClickAsync();
        await page.Locator(".account .sign-out button").ClickAsync();
        await Expect(page.Locator(".account .profile-in")).ToBeVisibleAsync();
        await Eventually.HoldsAsync(() => window.EvaluateAsync<bool>($"{Bus}.get('currentUser') === null"), "nobody is signed in for any part");

        // One document all the way: what listened at the beginning heard all of it.
        var heard = await window.EvaluateAsync<string[]>("window.heard");
        Assert.Contains("user:logged-in Ada Holt", heard);
        Assert.Contains("user:changed Ada Holt", heard);
        Assert.Contains("theme:changed dark", heard);
        Assert.Contains("user:changed null", heard);
        Assert.Contains(heard, topic => topic.StartsWith("user:logged-out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signing_out_in_one_tab_leaves_a_sentence_in_the_other(bool withScript)
    {
        await using var window = await browser.OpenAsync(withScript: withScript);
        var page = window.Page;
        await window.GoAsync(open.Address("/sign-in?return=%2Fpreferences"));
        await page.GetByLabel("Email").FillAsync("tomas@saltmarsh.example");
        await page.GetByLabel("Password").FillAsync("saltmarsh");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator(".user-preferences h1")).ToHaveTextAsync("Preferences");

        var other = await page.Context.NewPageAsync();
        other.SetDefaultTimeout((float)Eventually.Deadline.TotalMilliseconds);
        await other.GotoAsync(open.Address("/orders").ToString());
        await other.Locator(".profile-menu > summary").ClickAsync();
        await other.Locator(".account .sign-out button").ClickAsync();
        await Expect(other.Locator(".account .profile-in")).ToBeVisibleAsync();

        await page.Locator("#user-preferences-locale").SelectOptionAsync("fr");
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Keep these" }).ClickAsync();
        await Expect(page.Locator(".user-preferences .form-message")).ToContainTextAsync("This form had been open for too long. Please send it again.");
        await Expect(page.Locator("#user-preferences-locale")).ToHaveValueAsync("fr");
    }
}
