using System.Buffers;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher.Benchmarks.Micro;

/// <summary>A page of which everything is cached, from its plan to the last byte, beside copying as many bytes without a thought.</summary>
[MemoryDiagnoser]
public class PageWriteBenchmarks
{
    private readonly HeadMerger _heads = new();
    private readonly PipeWriter _output = PipeWriter.Create(Stream.Null, new StreamPipeWriterOptions(minimumBufferSize: 128 * 1024));
    private CachedPage? _page;
    private PagePlan? _plan;
    private byte[] _whole = [];

    [GlobalSetup]
    public async Task Setup()
    {
        _page = await CachedPage.PlanAsync("");
        _plan = _page.Plan;
        var fetch = _page.Fetcher.Start(_plan, _page.Request);
        if (!fetch.AllReady)
        {
            throw new InvalidOperationException("The fragments are not in the cache; this would measure fetching.");
        }

        _whole = new byte[PageWriter.LengthOf(fetch, _heads.For(_plan, fetch))];
    }

    [Benchmark(Baseline = true)]
    public async Task Copied()
    {
        // Not WriteAsync, which would hand these bytes on instead of copying them.
        _output.Write(_whole);
        await _output.FlushAsync();
    }

    [Benchmark]
    public async Task Composed()
    {
        var fetch = _page!.Fetcher.Start(_plan!, _page.Request);
        await new PageWriter(_output, fetch, _heads.For(_plan!, fetch), inOrder: false).WriteAsync(CancellationToken.None);
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        await _output.CompleteAsync();
        await _page!.DisposeAsync();
    }
}
