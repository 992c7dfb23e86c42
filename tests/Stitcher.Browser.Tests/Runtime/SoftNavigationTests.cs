using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

[Collection(RuntimeCollection.Name)]
public sealed class SoftNavigationTests(RealBrowser browser, RuntimeSite site)
{
    [Fact]
    public async Task A_link_leads_to_the_next_page_without_leaving_this_one_and_back_again()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/");
        await window.Page.ClickAsync("#to-two");
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        Assert.Equal(
            "Two|/two|H1 Two|About Two|site Two|/two|7px|yes",
            await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => [document.title, location.pathname, `${document.activeElement.tagName} ${document.activeElement.textContent}`, document.querySelector('meta[name=description]').content, `${document.documentElement.className} ${document.body.className}`, get('currentRoute'), getComputedStyle(document.getElementById('second')).borderTopWidth, sameDocument].join('|'))"));
        await Eventually.HoldsAsync(async () => await window.Page.TextContentAsync("[data-live-region]") == "Two", "the new page is announced");

        await window.Page.GoBackAsync();
        await window.Page.WaitForSelectorAsync("#counter[data-awake]");
        Assert.Equal("One|/|yes|[]", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => [document.title, location.pathname, sameDocument, JSON.stringify(get('breadcrumbs'))].join('|'))"));
        await window.Page.GoForwardAsync();
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        Assert.Equal("yes", await window.EvaluateAsync<string>("sameDocument"));
        Assert.Equal(["start counter", "end counter true", "start second", "end second true", "start counter", "end counter true", "start second"], await window.EvaluateAsync<string[]>("told"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_style_sheet_that_came_late_in_the_last_page_is_there_in_the_next()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/");
        await window.Page.ClickAsync("#to-two");
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        await window.EvaluateAsync<bool>("(window.sheet = document.head.querySelector('link[href$=\"second.css\"]').href, true)");
        await window.Page.ClickAsync("#to-one");
        await window.Page.WaitForSelectorAsync("#counter[data-awake]");

        // A fragment that came when the head was sent brings its style sheet along, in the body.
        await window.EvaluateAsync<bool>("new Promise(done => document.body.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: sheet, onload: () => done(true) })))");
        await window.Page.ClickAsync("#to-two");
        await window.Page.WaitForSelectorAsync("#second[data-awake]");

        Assert.Equal("7px yes", await window.EvaluateAsync<string>("`${getComputedStyle(document.getElementById('second')).borderTopWidth} ${sameDocument}`"));
    }

    [Fact]
    public async Task Twenty_pages_later_nobody_listens_who_is_gone()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/");
        for (var i = 0; i < 10; i++)
        {
            await window.Page.ClickAsync("#to-two");
            await window.Page.WaitForSelectorAsync("#second[data-awake]");
            await window.Page.ClickAsync("#to-one");
            await window.Page.WaitForSelectorAsync("#counter[data-awake]");
        }

        Assert.Equal("1 yes 1", await window.EvaluateAsync<string>("`${told.filter(t => t.startsWith('start')).length - told.filter(t => t.startsWith('end')).length} ${sameDocument} ${document.querySelectorAll('[data-live-region]').length}`"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task What_comes_late_takes_its_place_when_it_comes_unless_the_reader_has_gone_on()
    {
        site.Late = new Gate();
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/");
        await window.Page.ClickAsync("#to-late");
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        Assert.Equal("waiting", await window.Page.TextContentAsync("#waiting"));
        site.Late.Open();
        await window.Page.WaitForSelectorAsync("#late[data-awake]");
        Assert.Equal((0, 1), (await window.Page.Locator("#waiting").CountAsync(), await window.Page.Locator("#late p[title] + button").CountAsync()));

        site.Late = new Gate();
        await window.Page.ClickAsync("#to-one");
        await window.Page.WaitForSelectorAsync("#counter[data-awake]");
        await window.Page.ClickAsync("#to-late");
        await window.Page.WaitForSelectorAsync("#waiting");
        await window.Page.ClickAsync("#to-two");
        await window.Page.WaitForSelectorAsync("body.Two");
        site.Late.Open();
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        Assert.Equal("0 yes", await window.EvaluateAsync<string>("`${document.querySelectorAll('#late').length} ${sameDocument}`"));

        // Chromium calls a body that was read as a stream aborted, even when it was read to its end.
        Assert.All(window.Complaints, complaint => Assert.Contains("ERR_ABORTED", complaint, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#to-own", "Own")]
    [InlineData("#to-plain", "Plain")]
    public async Task A_page_that_this_one_cannot_become_and_a_link_that_says_so_are_left_to_the_browser(string link, string title)
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/");
        await window.EvaluateAsync<string>("document.querySelector('[data-live-region]').dataset.wasHere = 'yes'");
        await window.Page.ClickAsync(link);
        await window.Page.WaitForSelectorAsync($"html[data-live=ready] body.{title}:not(:has([data-was-here]))");
        Assert.Equal(title == "Own", await window.EvaluateAsync<bool>("globalThis.own === true"));
    }

    [Fact]
    public async Task Who_signs_in_sees_the_whole_page_anew_where_it_stands()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/form");
        var before = site.Shop.Count("/user");
        await window.EvaluateAsync<bool>("import('@stitcher/bus').then(({ emit }) => { emit('user:logged-in', { id: '1', name: 'Ada' }); emit('user:changed', { id: '1' }); return true; })");
        await site.Shop.HasReceivedAsync("/user", before + 1);
        await window.Page.WaitForSelectorAsync($"#user:text('asked {before + 1}')");
        Assert.Equal("yes /form", await window.EvaluateAsync<string>("`${sameDocument} ${location.pathname}`"));
        Assert.Empty(window.Complaints);
    }
}
