namespace Stitcher;

/// <summary>A gateway that tells no other which sessions were ended.</summary>
internal sealed class NoSharedSessionEnds : ISharedSessionEnds
{
    public bool IsPresent => false;

    public ValueTask TellAsync(string session, TimeSpan keepFor, CancellationToken cancellationToken) => default;

    public ValueTask<bool> HasEndedAsync(string session, CancellationToken cancellationToken) => default;
}
