namespace Stitcher.Upstream;

/// <summary>
/// Makes sure that nobody gets a connection again. A body that is thrown away is read to its end by the client library where that is cheap, and the connection
/// goes back to the pool: right for a service that is whole, wrong for one whose answers do not say where they end.
/// </summary>
internal static class ConnectionEnd
{
    public static async ValueTask ForceAsync(HttpResponseMessage response)
    {
        // From HTTP/2 on a connection carries others' answers, and each answer its own end.
        if (response.Version.Major >= 2)
        {
            return;
        }

        using var end = new CancellationTokenSource();
        try
        {
            // What is cancelled in the middle of a body can only be closed.
            var body = await response.Content.ReadAsStreamAsync(CancellationToken.None);
            var blocked = new Blocked();
            var copying = body.CopyToAsync(blocked, end.Token);
            await end.CancelAsync();
            blocked.Release();
            await copying;
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // It is closed, by this or by the service.
        }
    }

    /// <summary>
    /// Takes no byte until it is released, and does not look at the token: a copy that ended before its connection heard of the cancellation would let go
    /// of the connection unharmed.
    /// </summary>
    private sealed class Blocked : Stream
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Release() => _released.TrySetCanceled();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => new(_released.Task);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => _released.Task;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
