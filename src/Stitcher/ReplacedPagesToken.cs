using Microsoft.Extensions.Primitives;

namespace Stitcher;

/// <summary>
/// Tells routing that the pages have been replaced. To give up listening to it never waits, unlike with the framework's own token: routing takes up the
/// endpoints under a lock, gives up listening to what has just been replaced without letting go of it, and would wait there for a callback on another thread
/// that wants the same lock. Where that happens to the first request of a gateway, no request is ever answered (ASP.NET Core 10).
/// </summary>
/// <param name="replaced">Fires when they have been.</param>
internal sealed class ReplacedPagesToken(CancellationToken replaced) : IChangeToken
{
    public bool HasChanged => replaced.IsCancellationRequested;

    public bool ActiveChangeCallbacks => true;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => new Listening(replaced.UnsafeRegister(callback, state));

    private sealed class Listening(CancellationTokenRegistration registration) : IDisposable
    {
        public void Dispose() => registration.Unregister();
    }
}
