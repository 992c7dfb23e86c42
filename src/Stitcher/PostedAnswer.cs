using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stitcher;

/// <summary>
/// Stands in for the response's body while the reverse proxy answers: keeps what is HTML, for a page to show, and lets everything else through as it comes.
/// The first byte decides; status and headers are there by then.
/// </summary>
internal sealed class PostedAnswer : Stream, IHttpResponseBodyFeature
{
    private readonly HttpResponse _response;
    private readonly IHttpResponseBodyFeature _inner;
    private readonly int _limit;
    private readonly MemoryStream _kept = new();
    private PipeWriter? _writer;
    private bool? _keeps;

    /// <param name="response">The response.</param>
    /// <param name="inner">Its body.</param>
    /// <param name="limit">The most bytes to keep.</param>
    public PostedAnswer(HttpResponse response, IHttpResponseBodyFeature inner, int limit)
    {
        _response = response;
        _inner = inner;
        _limit = limit;
    }

    /// <summary>Some of the answer has gone to the browser already.</summary>
    public bool HasPassed => _keeps == false;

    /// <summary>The body is larger than what may be kept; the rest of it was not read.</summary>
    public bool IsTooLarge { get; private set; }

    public ReadOnlyMemory<byte> Body => _kept.GetBuffer().AsMemory(0, (int)_kept.Length);

    Stream IHttpResponseBodyFeature.Stream => this;

    PipeWriter IHttpResponseBodyFeature.Writer => _writer ??= PipeWriter.Create(this, new StreamPipeWriterOptions(leaveOpen: true));

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private bool Keeps => _keeps ??= PostedContent.IsHtml(_response);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!Keeps)
        {
            await _inner.Stream.WriteAsync(buffer, cancellationToken);
            return;
        }

        if (_kept.Length + buffer.Length > _limit)
        {
            // To the reverse proxy this is a browser that leaves: it stops reading and does not hold it against the destination.
            IsTooLarge = true;
            throw new IOException("The answer is larger than a fragment may be.");
        }

        _kept.Write(buffer.Span);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Keeps ? Task.CompletedTask : _inner.Stream.FlushAsync(cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The body of an answer is written asynchronously.");

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    void IHttpResponseBodyFeature.DisableBuffering() => _inner.DisableBuffering();

    Task IHttpResponseBodyFeature.StartAsync(CancellationToken cancellationToken) => Keeps ? Task.CompletedTask : _inner.StartAsync(cancellationToken);

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        Keeps ? SendFileFallback.SendFileAsync(this, path, offset, count, cancellationToken) : _inner.SendFileAsync(path, offset, count, cancellationToken);

    async Task IHttpResponseBodyFeature.CompleteAsync()
    {
        if (_writer is not null)
        {
            await _writer.CompleteAsync();
        }

        if (!Keeps)
        {
            await _inner.CompleteAsync();
        }
    }
}
