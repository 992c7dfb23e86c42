using System.Text;
using BenchmarkDotNet.Attributes;
using Stitcher.Configuration;
using Stitcher.Parsing;

namespace Stitcher.Benchmarks.Micro;

/// <summary>A 12 KB body whose list items have no end tags, as HTML allows: parsed and written anew, or given the end tags it lacks.</summary>
[MemoryDiagnoser]
public class FragmentMendBenchmarks
{
    private static readonly FragmentOrigin Origin = new("shop", TrustLevel.App, "/fragments/cards");
    private static readonly ParseLimits Limits = ParseLimits.From(new LimitOptions { ParseTime = TimeSpan.FromSeconds(10) });

    private readonly FragmentParser _parser = new(TimeProvider.System);
    private byte[] _body = [];

    [GlobalSetup]
    public void Setup()
    {
        _body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(CardList.Create(1)).Replace("</li>", "", StringComparison.Ordinal));
        if (FragmentScanner.Proves(_body, Origin, SlotContext.Body, Limits) || FragmentMender.Mend(_body, Origin, SlotContext.Body, Limits) is null)
        {
            throw new InvalidOperationException("The cards are whole, or not mended; this would measure nothing.");
        }
    }

    [Benchmark(Baseline = true)]
    public object Parsed() => _parser.Parse(_body, Origin, SlotContext.Body, Limits);

    /// <summary>With the proof that was tried in vain before it.</summary>
    [Benchmark]
    public object ProofFailedAndMended() =>
        !FragmentParser.TryProve(_body, Origin, SlotContext.Body, Limits, out _) && FragmentParser.TryMend(_body, Origin, SlotContext.Body, Limits, out var result)
            ? result
            : throw new InvalidOperationException();
}
