using BenchmarkDotNet.Attributes;
using Stitcher.Fetching;
using Stitcher.Planning;

namespace Stitcher.Benchmarks.Micro;

/// <summary>The key of a slot that asks for the same on every request is made once; the others' is written per request.</summary>
[MemoryDiagnoser]
public class CacheKeyBenchmarks
{
    private SlotPlan? _fixed;
    private SlotPlan? _expanded;
    private PageRequest? _request;

    [GlobalSetup]
    public async Task Setup()
    {
        await using var same = await CachedPage.PlanAsync("?max=12");
        await using var different = await CachedPage.PlanAsync("?max=12&amp;id={id}&amp;view={query.view}");
        (_fixed, _expanded, _request) = (same.Plan.Slots[0], different.Plan.Slots[0], different.Request);
    }

    [Benchmark(Baseline = true)]
    public string Expanded() => FragmentRequest.For(_expanded!, _request!)!.Value.Key;

    [Benchmark]
    public string Fixed() => FragmentRequest.For(_fixed!, _request!)!.Value.Key;
}
