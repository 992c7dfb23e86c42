using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>What is known of one service's deployments: the current one, those that it replaced, and how long ago the service was seen.</summary>
internal sealed record KnownService(KnownRevision Current, DateTimeOffset LastSeen)
{
    // An older revision answers while a deployment is under way; only when it alone answers was the newer one taken back.
    private const int LooksOfARollback = 3;

    // Who makes up a revision for every look would fill the memory.
    private const int MostRetained = 8;

    /// <summary>Replaced revisions whose retention is not over, the last one first.</summary>
    public ImmutableArray<KnownRevision> Retained { get; init; } = [];

    /// <summary>False when its files cannot be fetched and are not all kept.</summary>
    public bool AssetsUp { get; init; } = true;

    /// <summary>Since when looks have found nothing but a revision that waits; null while the current one answers.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>The older revision that was seen last, and how often in a row.</summary>
    public (string? Revision, int Looks) Older { get; init; }

    public string Name => Current.Service;

    public IEnumerable<KnownRevision> Revisions => Retained.Prepend(Current);

    /// <summary>What a look found: the same again, something to take, or something that is older.</summary>
    public KnownService After(KnownRevision seen, bool isPushed, DateTimeOffset now, out ManifestVerdict verdict)
    {
        if (seen.Manifest.Revision == Current.Manifest.Revision)
        {
            var isSame = !seen.Bytes.IsEmpty && seen.Bytes.Span.SequenceEqual(Current.Bytes.Span);
            verdict = isSame ? ManifestVerdict.Unchanged : ManifestVerdict.Updated;
            return this with { Current = isSame ? Current : seen, LastSeen = now, Older = default, WaitingSince = null };
        }

        if (!isPushed && IsOlder(seen.Manifest))
        {
            var looks = Older.Revision == seen.Manifest.Revision ? Older.Looks + 1 : 1;
            if (looks < LooksOfARollback)
            {
                verdict = ManifestVerdict.Older;
                return this with { LastSeen = now, Older = (seen.Manifest.Revision, looks) };
            }
        }

        verdict = ManifestVerdict.Promoted;
        return this with
        {
            Current = seen,
            LastSeen = now,
            Older = default,
            WaitingSince = null,
            Retained = [.. Retained.Where(r => r.Manifest.Revision != seen.Manifest.Revision).Prepend(Current.ReplacedAt(now)).Take(MostRetained)],
        };
    }

    public KnownService WithoutWhatEnded(DateTimeOffset now, TimeSpan retention) =>
        Retained.Any(r => now - r.Replaced > retention) ? this with { Retained = Retained.RemoveAll(r => now - r.Replaced > retention) } : this;

    public ManifestState StateAt(DateTimeOffset now, FederationTerms terms) =>
        now - LastSeen <= terms.FreshFor ? ManifestState.Fresh
        : now - LastSeen <= terms.LastKnownGood ? ManifestState.Stale
        : ManifestState.Expired;

    private bool IsOlder(ServiceManifest manifest) =>
        Retained.Any(r => r.Manifest.Revision == manifest.Revision)
        || (manifest.BuiltAt is { } built && Current.Manifest.BuiltAt is { } current && built < current);
}
