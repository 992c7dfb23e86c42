using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

[Collection(RuntimeCollection.Name)]
public sealed class RefreshTests(RealBrowser browser, RuntimeSite site)
{
    [Fact]
    public async Task A_fragment_is_swapped_in_place_its_old_life_ends_and_what_was_typed_stays()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/");
        await window.Page.FillAsync("#counter input", "typed");
        await window.EvaluateAsync<bool>("() => { globalThis.old = document.getElementById('counter'); old.querySelector('input').setSelectionRange(1, 3); return true; }");
        await window.EvaluateAsync<bool>("old.refresh({ n: 2 }).then(() => true)");

        Assert.Equal("number 2", await window.Page.TextContentAsync("#counter p"));
        await window.Page.WaitForSelectorAsync("#counter[data-awake]");
        Assert.Equal(["start counter", "end counter true", "start counter"], await window.EvaluateAsync<string[]>("told"));
        Assert.Equal("typed 1 3 true", await window.EvaluateAsync<string>("(i => `${i.value} ${i.selectionStart} ${i.selectionEnd} ${document.activeElement === i}`)(document.querySelector('#counter input'))"));
        Assert.Equal("[2]", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => JSON.stringify(get('selectedProducts')))"));
        Assert.Equal("false true", await window.EvaluateAsync<string>("`${document.getElementById('counter').hasAttribute('aria-busy')} ${old !== document.getElementById('counter')}`"));
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_last_question_wins_and_one_that_fails_leaves_what_is_there()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/");
        await window.EvaluateAsync<bool>("(c => Promise.all([c.refresh({ n: 3 }), c.refresh({ n: 4 })]))(document.getElementById('counter')).then(() => true)");
        Assert.Equal("number 4", await window.Page.TextContentAsync("#counter p"));
        await window.Page.WaitForSelectorAsync("#counter[data-awake]");

        Assert.Contains("502", await window.EvaluateAsync<string>("document.getElementById('counter').refresh({ n: 9 }).then(() => 'came', error => error.message)"), StringComparison.Ordinal);
        Assert.Equal("number 4", await window.Page.TextContentAsync("#counter p"));
        Assert.False(await window.EvaluateAsync<bool>("document.getElementById('counter').hasAttribute('aria-busy')"));
    }

    [Fact]
    public async Task A_page_of_another_generation_is_loaded_anew()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/");
        await window.Page.RouteAsync("**/_f/**", async route => await route.ContinueAsync(new() { Headers = route.Request.Headers.Select(h => h.Key == "stitcher-generation" ? new(h.Key, "0123") : h) }));
        await window.EvaluateAsync<string>("document.body.dataset.wasHere = 'yes'");
        await window.EvaluateAsync<bool>("(document.getElementById('counter').refresh({ n: 5 }), true)");
        await window.Page.WaitForSelectorAsync("html[data-live=ready] body:not([data-was-here])");
    }

    [Fact]
    public async Task A_form_shows_its_errors_beside_its_fields_and_what_it_did_to_everybody_who_listens()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenSoftAsync(window, "/form");
        await window.Page.ClickAsync("#form button");
        await window.Page.WaitForSelectorAsync("[name=price][aria-invalid=true][aria-describedby=price-error]:focus");
        Assert.Equal("A price is a number. Please look again.", await window.EvaluateAsync<string>("document.getElementById('price-error').textContent + ' ' + document.querySelector('.form-message').textContent"));

        await window.EvaluateAsync<bool>("import('@stitcher/bus').then(({ on }) => !!on('cart:item-added', ({ id }) => { globalThis.added = id; }))");
        await window.Page.FillAsync("[name=price]", "12");
        await window.Page.PressAsync("[name=price]", "Enter");
        await window.Page.WaitForSelectorAsync("#second");
        Assert.Equal("1 1 yes", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => `${added} ${get('shoppingCart')[0].id} ${sameDocument}`)"));

        // A form that was refused is a 422, which the browser notes.
        Assert.DoesNotContain(window.Complaints, static complaint => !complaint.Contains("422", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_leads_on_in_a_browser_without_navigation_also_when_an_element_is_called_so()
    {
        await using var window = await browser.OpenAsync();
        await window.Page.AddInitScriptAsync("Object.defineProperty(globalThis, 'navigation', { value: document.createElement('nav') })");
        await site.OpenAsync(window, "/form");
        await window.Page.FillAsync("[name=price]", "12");
        await window.Page.PressAsync("[name=price]", "Enter");
        await window.Page.WaitForSelectorAsync("#second[data-awake]");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task A_form_to_another_site_is_left_to_the_browser_and_what_that_site_answers_is_not_told_to_the_page()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/form");
        Assert.True(await window.EvaluateAsync<bool>(
            """
            (() => {
              const form = document.querySelector('#form form');
              let isLeft = false;
              form.action = 'https://other.example/';
              addEventListener('submit', event => (isLeft = !event.defaultPrevented, event.preventDefault()), { once: true });
              form.requestSubmit();
              return isLeft;
            })()
            """));
    }
}
