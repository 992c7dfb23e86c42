using System.Diagnostics;
using System.IO.Pipelines;
using BenchmarkDotNet.Attributes;
using Stitcher.Upstream;

namespace Stitcher.Benchmarks.Micro;

/// <summary>One question by the client library while nobody takes spans: the trace's header by itself, beside a span for its sake. The answer is there at once.</summary>
[MemoryDiagnoser]
public class TraceHeadersBenchmarks : IDisposable
{
    private static readonly Uri Address = new("http://127.0.0.1/card");

    private readonly Activity _page = new("page");
    private readonly HttpMessageInvoker _spans = new(Handler());
    private readonly HttpMessageInvoker _headers = new(new TraceHeaders(Handler(), DistributedContextPropagator.Current));

    [GlobalSetup]
    public async Task Setup()
    {
        _page.Start();
        Activity.Current = null;
        await Expect(_spans);
        await Expect(_headers);

        async Task Expect(HttpMessageInvoker client)
        {
            using var question = new HttpRequestMessage(HttpMethod.Get, Address);
            Activity.Current = _page;
            using var answer = await client.SendAsync(question, CancellationToken.None);
            if (!question.Headers.TryGetValues("traceparent", out var told) || !told.Single().Contains(_page.TraceId.ToHexString(), StringComparison.Ordinal))
            {
                throw new InvalidOperationException("The service is not told of the trace; this would measure nothing.");
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _spans.Dispose();
        _headers.Dispose();
        _page.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true)]
    public Task<int> Span() => Ask(_spans);

    [Benchmark]
    public Task<int> Headers() => Ask(_headers);

    private async Task<int> Ask(HttpMessageInvoker client)
    {
        Activity.Current = _page;
        using var question = new HttpRequestMessage(HttpMethod.Get, Address);
        using var answer = await client.SendAsync(question, CancellationToken.None);
        await answer.Content.CopyToAsync(Stream.Null);
        return (int)answer.StatusCode;
    }

    private static SocketsHttpHandler Handler() => new() { UseProxy = false, ConnectCallback = static (_, _) => new(new Service()) };

    /// <summary>A connection to a service that answers every question with the same.</summary>
    private sealed class Service : Stream
    {
        private static readonly byte[] Answer = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 8\r\n\r\n<p>x</p>"u8.ToArray();

        private readonly Pipe _answers = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
        private readonly Stream _reading;

        public Service() => _reading = _answers.Reader.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => _reading.ReadAsync(buffer, cancellationToken);

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            await _answers.Writer.WriteAsync(Answer, cancellationToken);

        public override void Flush()
        {
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
