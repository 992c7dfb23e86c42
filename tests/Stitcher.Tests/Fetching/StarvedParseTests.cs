using Stitcher.Fetching;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Tests.Fetching;

public sealed class StarvedParseTests
{
    private const string Slot = "<fragment src=\"products/A\" timeout=\"2s\"/>";

    // Crossed elements (HTML, 13.2.6.4.7: the adoption agency algorithm) are a parser's affair.
    private const string Crossed = "<p><b>a</p>b</b>";

    [Theory]
    [InlineData("max-age=60")]
    [InlineData("no-store")]
    public async Task A_parse_that_gets_no_processor_costs_its_slots_time_and_no_more(string cacheControl)
    {
        using var processor = new HeldProcessor();
        await using var pages = await FetchedPages.StartAsync(processor: processor);
        pages.Service.Answers("/a", Answer.Html(Crossed).With("Cache-Control", cacheControl));
        for (var i = 0; i < 2; i++)
        {
            using var fetch = pages.Start(Slot);
            await Eventually.HoldsAsync(() => processor.Held == i + 1, "the parse waits for its processor");
            pages.Clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromMilliseconds(1));
            Assert.Null(fetch.ResultOf(0));
            pages.Clock.Advance(TimeSpan.FromMilliseconds(1));
            var result = await fetch.WaitForAsync(0);
            Assert.Equal((SlotOutcome.Failed, SlotFailure.Timeout), (result.Outcome, result.Failure));
            Assert.Equal("the answer was here, but the gateway had not parsed it within 2000 ms", result.Detail);
        }

        // What was parsed too late is no secret, and nothing was held against the service.
        processor.Release();
        var next = await pages.FetchAsync(Slot);
        Assert.Equal((SlotOutcome.Fresh, "<p><b>a</b></p><b>b</b>"), (next.Outcome, FetchedPages.Shown(next)));
        Assert.Empty(pages.Log.Events("FetchCrashed"));
    }

    [Fact]
    public async Task What_is_remembered_stands_in_for_a_parse_that_gets_no_processor()
    {
        using var processor = new HeldProcessor();
        await using var pages = await FetchedPages.StartAsync(processor: processor);
        pages.Service.AnswersInTurn("/a", Answer.Html("<p>old</p>").With("Cache-Control", "max-age=1"), Answer.Html(Crossed).With("Cache-Control", "max-age=1"));
        await pages.FetchAsync(Slot);
        pages.Clock.Advance(TimeSpan.FromSeconds(12));
        using var fetch = pages.Start(Slot);
        await Eventually.HoldsAsync(() => processor.Held == 1, "the parse waits for its processor");
        pages.Clock.Advance(TimeSpan.FromSeconds(2));
        var result = await fetch.WaitForAsync(0);
        Assert.Equal((SlotOutcome.Stale, "<p>old</p>"), (result.Outcome, FetchedPages.Shown(result)));
        processor.Release();
    }

    /// <summary>A clock that holds whoever looks at it: a thread that is not given a processor.</summary>
    private sealed class HeldProcessor : TimeProvider, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();
        private int _held;

        public int Held => Volatile.Read(ref _held);

        public void Release() => _released.Set();

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref _held);
            _released.Wait(Eventually.Deadline);
            return 0;
        }

        public void Dispose() => _released.Set();
    }
}
