using System.Text.Json;
using Xunit;

namespace Stitcher.Browser.Tests.Runtime;

[Collection(RuntimeCollection.Name)]
public sealed class BusTests(RealBrowser browser, RuntimeSite site)
{
    [Fact]
    public async Task Whoever_listens_late_hears_the_retained_value_first_and_then_what_is_new()
    {
        Assert.Equal(
            ["old:true", "new:false"],
            await InPageAsync<string[]>("""
                const heard = [];
                bus.emit('t', 'lost');
                bus.emit('t', 'old', { retain: true });
                bus.on('t', (value, { replayed }) => heard.push(`${value}:${replayed}`));
                bus.emit('t', 'new');
                bus.on('t', value => heard.push('no ' + value), { replay: false });
                return heard;
                """));
        Assert.Equal("old", await InPageAsync<string>("bus.emit('k', 'old', { retain: true }); bus.emit('k', 'new'); return bus.get('k');"));
    }

    [Fact]
    public async Task A_listener_that_throws_keeps_no_other_from_hearing_and_is_reported()
    {
        Assert.Equal(
            ["b", "kept", "one error"],
            await InPageAsync<string[]>("""
                const heard = [];
                const noted = new Promise(resolve => addEventListener('error', event => { event.preventDefault(); resolve(event.message.includes('mine') ? 'one error' : event.message); }, { once: true }));
                bus.on('t', () => { throw new Error('mine'); });
                bus.on('t', () => heard.push('b'));
                bus.emit('t', 'kept', { retain: true });
                return [...heard, bus.get('t'), await noted];
                """));
    }

    [Fact]
    public async Task Listening_ends_with_the_signal_or_by_itself()
    {
        Assert.Equal(
            "1 1",
            await InPageAsync<string>("""
                const life = new AbortController();
                let one = 0, two = 0;
                bus.on('t', () => one++, { signal: life.signal });
                const off = bus.on('t', () => two++);
                bus.emit('t');
                life.abort();
                off();
                bus.emit('t');
                bus.on('t', () => one++, { signal: life.signal });
                bus.emit('t', 1, { retain: true });
                return `${one} ${two}`;
                """));
    }

    [Fact]
    public async Task A_store_is_what_Svelte_and_React_take_for_one()
    {
        Assert.Equal(
            """[[],[{"id":1}],[{"id":1},{"id":2}]] 2 0""",
            await InPageAsync<string>("""
                const cart = bus.store('cart', []);
                const seen = [];
                let invalidations = 0;
                const stop = cart.subscribe(value => seen.push(value), () => invalidations++);
                cart.set([{ id: 1 }]);
                cart.update(lines => [...lines, { id: 2 }]);
                stop();
                cart.set([]);
                bus.emit('cart', [1, 2], { retain: true });
                let snapshot;
                cart.subscribe(() => { snapshot = cart.get(); })();
                return `${JSON.stringify(seen)} ${snapshot.length} ${invalidations}`;
                """));
    }

    [Fact]
    public async Task A_second_copy_of_the_bus_meets_the_first_and_nothing_sent_before_it_is_lost()
    {
        Assert.Equal(
            "true early from-second",
            await InPageAsync<string>("""
                const address = JSON.parse(document.querySelector('script[type=importmap]').textContent).imports["@stitcher/bus"];
                const second = (await import(`${address}?copy`)).default;
                delete globalThis[Symbol.for('stitcher.bus.1')];
                globalThis[Symbol.for('stitcher.bus.1')] = { queue: [['early', 'early', { retain: true }]], emit(...sent) { this.queue.push(sent); } };
                const third = (await import(`${address}?third`)).default;
                let heard;
                third.on('x', value => { heard = value; });
                globalThis[Symbol.for('stitcher.bus.1')].emit('x', 'from-second');
                return `${second === bus} ${third.get('early')} ${heard}`;
                """));
    }

    [Fact]
    public async Task What_the_server_knows_is_there_at_the_first_look_and_cannot_end_its_script()
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/two?x=%3C/script%3E");
        Assert.Equal("/two", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => get('currentRoute'))"));
        Assert.Equal("Two", await window.EvaluateAsync<string>("import('@stitcher/bus').then(({ get }) => get('breadcrumbs')[0].name)"));
        Assert.Empty(window.Complaints);
    }

    private async Task<T> InPageAsync<T>(string code)
    {
        await using var window = await browser.OpenAsync();
        await site.OpenAsync(window, "/plain");
        var json = await window.EvaluateAsync<JsonElement>($"async () => {{ const {{ default: bus }} = await import('@stitcher/bus'); {code} }}");
        return json.Deserialize<T>()!;
    }
}
