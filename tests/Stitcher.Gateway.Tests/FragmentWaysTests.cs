using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Parsing is the dearest thing a page can cost; the counter tells whether it was spared.</summary>
public sealed class FragmentWaysTests
{
    [Fact]
    public async Task Well_formed_content_that_is_new_every_time_is_never_parsed()
    {
        await using var service = await ScriptedService.StartAsync();
        var count = 0;
        service.Answers("/x", _ => Answer.Html($"<section><h2>News</h2><p>Number {Interlocked.Increment(ref count)}</p></section>"));
        await using var gateway = await StartAsync(service);
        using var ways = new Ways(gateway);

        Assert.Contains("<p>Number 1</p></section>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<p>Number 2</p></section>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        Assert.Equal(["proof", "proof"], ways.Taken);
    }

    [Fact]
    public async Task Content_that_comes_back_is_recalled()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>the same</p>");
        await using var gateway = await StartAsync(service);
        using var ways = new Ways(gateway);

        for (var i = 0; i < 4; i++)
        {
            Assert.Contains("<p>the same</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        }

        Assert.Equal(["proof", "proof", "memo", "memo"], ways.Taken);
    }

    [Fact]
    public async Task Content_that_only_lacks_end_tags_is_never_parsed()
    {
        await using var service = await ScriptedService.StartAsync();
        var count = 0;
        service.Answers("/x", _ => Answer.Html($"<ul><li>News<li>Number {Interlocked.Increment(ref count)}</ul></section>"));
        await using var gateway = await StartAsync(service);
        using var ways = new Ways(gateway);

        Assert.Contains("<main><ul><li>News</li><li>Number 1</li></ul></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<main><ul><li>News</li><li>Number 2</li></ul></main>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        Assert.Equal(["mend", "mend"], ways.Taken);
    }

    [Fact]
    public async Task Content_in_need_of_repair_is_parsed_once()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>one <b>two</p>");
        await using var gateway = await StartAsync(service);
        using var ways = new Ways(gateway);

        for (var i = 0; i < 2; i++)
        {
            Assert.Contains("two</b></p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        }

        Assert.Equal(["parser", "memo"], ways.Taken);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service) => GatewayUnderTest.StartAsync(setup => setup
        .Service("shop", service.Address, "X=/x")
        .Page("/", "<main><fragment src=\"shop/X\">own content</fragment></main>"));

    private sealed class Ways : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _taken = new();

        public Ways(GatewayUnderTest gateway)
        {
            // Other gateways of this process have counters of the same name.
            var scope = gateway.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "stitcher.fragments.compiled" && instrument.Meter.Scope == scope)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                foreach (var (name, value) in tags)
                {
                    if (name == "stitcher.way")
                    {
                        _taken.Enqueue((string)value!);
                    }
                }
            });
            _listener.Start();
        }

        public IEnumerable<string> Taken => _taken;

        public void Dispose() => _listener.Dispose();
    }
}
