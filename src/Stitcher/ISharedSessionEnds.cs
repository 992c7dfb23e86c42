namespace Stitcher;

/// <summary>
/// Where gateways that share sessions tell each other which were ended. Nothing of it throws, or is waited for longer than it allows itself: when it cannot answer,
/// a gateway knows only what it ended itself.
/// </summary>
internal interface ISharedSessionEnds
{
    /// <summary>Whether it makes sense to ask.</summary>
    bool IsPresent { get; }

    /// <param name="session">The session's name; not to be written anywhere as it is.</param>
    /// <param name="keepFor">The time after which no cookie of it is good any more.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    ValueTask TellAsync(string session, TimeSpan keepFor, CancellationToken cancellationToken);

    /// <param name="session">The session's name.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    ValueTask<bool> HasEndedAsync(string session, CancellationToken cancellationToken);
}
