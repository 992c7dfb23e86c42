namespace Stitcher.Caching;

/// <summary>
/// A store that several gateways share. The first level asks it when it has nothing fresh of its own, and puts into it what it may
/// remember. It is never waited for longer than it allows itself, and never throws: when it cannot answer, the gateway does as if it were
/// not there.
/// </summary>
/// <remarks>
/// <para>To be implemented by a package of its own: register one as <see cref="ISecondLevel"/> before or after <c>AddStitcher</c>; without
/// any, <see cref="NoSecondLevel"/> stands in. Received purges of other gateways go to <see cref="FragmentPurge.Receive"/>; after a time in
/// which messages may have been lost, call <see cref="FragmentPurge.DoubtAll"/>.</para>
/// <para>Never put in: answers of a partition (<see cref="FragmentLabels.Partition"/>), answers with <c>Set-Cookie</c>, what must not be
/// stored, anything compiled. Keys are the gateway's cache keys, of any length and any characters: hash them.</para>
/// </remarks>
internal interface ISecondLevel
{
    /// <summary>Whether it makes sense to ask: false without one, and while its own circuit is open.</summary>
    bool IsPresent { get; }

    /// <summary>Looks for an answer.</summary>
    /// <param name="key">The cache key.</param>
    /// <param name="labels">What is looked for, to hold purges against it: whoever can read the store need not learn it there.</param>
    /// <param name="cancellationToken">Fires when nobody waits any more.</param>
    /// <returns>
    /// The answer, fresh or stale, if there is one that no purge has met; and the number of the last purge that all gateways share, read
    /// before the answer was.
    /// </returns>
    ValueTask<SecondLevelFind> FindAsync(string key, FragmentLabels labels, CancellationToken cancellationToken);

    /// <summary>Puts an answer in, in the background.</summary>
    /// <param name="key">The cache key.</param>
    /// <param name="answer">The answer; its body is the callee's to keep.</param>
    /// <param name="generation">
    /// The number from the <see cref="FindAsync"/> that came before the question to the service: an answer that a later purge means must
    /// not go in.
    /// </param>
    void Keep(string key, KeptAnswer answer, long generation);

    /// <summary>Takes the next shared purge number, removes what the scope means or makes it stale, and tells the other gateways.</summary>
    /// <param name="scope">What is purged.</param>
    /// <param name="soft">Make it stale instead of removing it.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    ValueTask PurgeAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken);
}

/// <summary>What a second level knew.</summary>
/// <param name="Answer">The answer, or null.</param>
/// <param name="Generation">The number of the last purge that all gateways share.</param>
internal readonly record struct SecondLevelFind(KeptAnswer? Answer, long Generation);
