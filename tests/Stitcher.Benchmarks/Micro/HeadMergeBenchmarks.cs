using BenchmarkDotNet.Attributes;
using Stitcher.Fetching;
using Stitcher.Merging;
using Stitcher.Planning;

namespace Stitcher.Benchmarks.Micro;

/// <summary>The head of a page whose fragments are the ones of last time is the one of last time.</summary>
[MemoryDiagnoser]
public class HeadMergeBenchmarks
{
    private readonly HeadMerger _merger = new();
    private PagePlan? _plan;
    private PageFetch? _fetch;

    [GlobalSetup]
    public async Task Setup()
    {
        await using var page = await CachedPage.PlanAsync("");
        _plan = page.Plan;
        _fetch = page.Fetcher.Start(_plan, page.Request);
    }

    [Benchmark(Baseline = true)]
    public object Combined() => new HeadMerger().For(_plan!, _fetch!);

    [Benchmark]
    public object Recalled() => _merger.For(_plan!, _fetch!);
}
