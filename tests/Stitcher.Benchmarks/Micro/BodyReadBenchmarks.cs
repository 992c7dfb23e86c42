using BenchmarkDotNet.Attributes;
using Stitcher.Upstream;

namespace Stitcher.Benchmarks.Micro;

/// <summary>A body of 12 KB that is here already, in pieces of 4 KB: guarding the waits between its bytes costs nothing where nobody waits.</summary>
[MemoryDiagnoser]
public class BodyReadBenchmarks
{
    private const int Length = 12_288;
    private const int Piece = 4_096;

    private static readonly CancellationTokenSource Page = new();

    private readonly byte[] _body = new byte[Length];

    [GlobalSetup]
    public async Task Setup()
    {
        if (await Read(TimeSpan.FromMilliseconds(250)) != Length)
        {
            throw new InvalidOperationException("The body did not come whole; this would measure nothing.");
        }
    }

    [Benchmark(Baseline = true)]
    public ValueTask<long> Unguarded() => Read(TimeSpan.Zero);

    [Benchmark]
    public ValueTask<long> Guarded() => Read(TimeSpan.FromMilliseconds(250));

    private async ValueTask<long> Read(TimeSpan between)
    {
        using var content = new StreamContent(new Pieces(_body));
        var body = await BodyReader.ReadAsync(content, 512 * 1024, between, TimeProvider.System, Page.Token);
        body.Return();
        return body.Length;
    }

    private sealed class Pieces(byte[] body) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(Piece, buffer.Length)], cancellationToken);

        // Of no known length, so that it comes as chunks do.
        public override bool CanSeek => false;
    }
}
