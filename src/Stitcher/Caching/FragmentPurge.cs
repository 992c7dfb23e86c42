using Stitcher.Diagnostics;

namespace Stitcher.Caching;

/// <summary>
/// Takes fragments out of the cache on demand: of a service, of one name, of one address, of a tag. Hard, so that nobody sees the old
/// content any more; or soft, so that it counts as stale and is shown, where its service allows that, until the next one is here.
/// </summary>
internal sealed class FragmentPurge(FragmentStore store, ISecondLevel second, StitcherMetrics metrics)
{
    /// <summary>Purges here, in the second level and in every gateway that shares it.</summary>
    /// <param name="scope">What is meant.</param>
    /// <param name="soft">Make it stale instead of removing it.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    /// <returns>How many entries of this gateway it met.</returns>
    public ValueTask<int> PurgeAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken) => PurgeAsync(scope, scope, soft, cancellationToken);

    /// <summary>Purges here, and as others are told in the second level and in every gateway that shares it.</summary>
    /// <param name="scope">What is meant here.</param>
    /// <param name="told">What the others are told; null when it is nothing of theirs.</param>
    /// <param name="soft">Make it stale instead of removing it.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    /// <returns>How many entries of this gateway it met.</returns>
    public async ValueTask<int> PurgeAsync(PurgeScope scope, PurgeScope? told, bool soft, CancellationToken cancellationToken)
    {
        var met = Receive(scope, soft);
        if (told is null)
        {
            return met;
        }

        var isShared = second.IsPresent;

        // Told in any case: a second level that is away now still holds what is purged when it comes back.
        await second.PurgeAsync(told, soft, cancellationToken);
        if (isShared)
        {
            // What this gateway took out of the second level in between was purged there only now.
            store.Purge(scope, soft);
        }

        return met;
    }

    /// <summary>Purges here only: another gateway told of it.</summary>
    /// <returns>How many entries it met.</returns>
    public int Receive(PurgeScope scope, bool soft)
    {
        var met = store.Purge(scope, soft);
        metrics.FragmentsPurged(soft, met);
        return met;
    }

    /// <summary>Makes everything stale: what other gateways told in the meantime is not known.</summary>
    public int DoubtAll() => Receive(new PurgeScope(), soft: true);
}
