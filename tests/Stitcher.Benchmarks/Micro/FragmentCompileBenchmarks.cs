using System.Buffers.Text;
using BenchmarkDotNet.Attributes;
using Stitcher.Configuration;
using Stitcher.Parsing;

namespace Stitcher.Benchmarks.Micro;

/// <summary>How a 12 KB body becomes markup: parsed, proven, or recalled. What is new every time is remembered in vain.</summary>
[MemoryDiagnoser]
public class FragmentCompileBenchmarks
{
    private const string Scope = "shop App /fragments/cards False html body";
    private static readonly FragmentOrigin Origin = new("shop", TrustLevel.App, "/fragments/cards");
    private static readonly ParseLimits Limits = ParseLimits.From(new LimitOptions { ParseTime = TimeSpan.FromSeconds(10) });

    private readonly FragmentParser _parser = new(TimeProvider.System);
    private readonly MarkupMemo _memo = new();
    private readonly MarkupMemo _forgetful = new();
    private int _digits;
    private byte[] _body = [];
    private byte[] _changing = [];
    private long _change;

    [GlobalSetup]
    public void Setup()
    {
        _body = CardList.Create(1);
        _changing = CardList.Create(2);
        _digits = _changing.AsSpan().IndexOf("0000000"u8);
        _memo.Remember(_body, Scope, _parser.Parse(_body, Origin, SlotContext.Body, Limits));
        if (!FragmentScanner.Proves(_body, Origin, SlotContext.Body, Limits))
        {
            throw new InvalidOperationException("The cards are not proven; this would measure nothing.");
        }
    }

    [Benchmark(Baseline = true)]
    public object Parsed() => _parser.Parse(_body, Origin, SlotContext.Body, Limits);

    [Benchmark]
    public bool Scanned() => FragmentScanner.Proves(_body, Origin, SlotContext.Body, Limits);

    [Benchmark]
    public object Proven() => FragmentParser.TryProve(_body, Origin, SlotContext.Body, Limits, out var result) ? result : throw new InvalidOperationException();

    [Benchmark]
    public object Recalled() => _memo.TryGet(_body, Scope, out var result) ? result : throw new InvalidOperationException();

    [Benchmark]
    public object NewAndProven()
    {
        Change();
        return !_forgetful.TryGet(_changing, Scope, out var result) && FragmentParser.TryProve(_changing, Origin, SlotContext.Body, Limits, out result)
            ? result
            : throw new InvalidOperationException();
    }

    [Benchmark]
    public object NewProvenAndRemembered()
    {
        Change();
        if (!_forgetful.TryGet(_changing, Scope, out var result) && FragmentParser.TryProve(_changing, Origin, SlotContext.Body, Limits, out result))
        {
            _forgetful.Remember(_changing, Scope, result);
        }

        return result;
    }

    private void Change() => Utf8Formatter.TryFormat(1_000_000 + (_change++ % 9_000_000), _changing.AsSpan(_digits), out _);
}
