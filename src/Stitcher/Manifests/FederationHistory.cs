using System.Collections.Immutable;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>Remembers the last changes of services and winners, for whoever asks what happened.</summary>
internal sealed class FederationHistory
{
    /// <summary>Changes that are remembered.</summary>
    public const int MostChanges = 20;

    /// <summary>What is told of one change; a portfolio in ruins would fill the memory.</summary>
    public const int MostItems = 40;

    private const string StartKind = "gateway";

    private const string Nobody = "nobody's copy";

    private readonly Lock _changing = new();
    private ImmutableArray<FederationChange> _changes = [];
    private bool _isContinued;
    private (Portfolio Portfolio, NegotiationResult Result, string? Generation)? _last;

    /// <summary>The changes, the last one first.</summary>
    public ImmutableArray<FederationChange> Changes
    {
        get
        {
            lock (_changing)
            {
                return _changes;
            }
        }
    }

    /// <summary>Takes what an earlier gateway told, the last change first, and that this one started.</summary>
    public void Restore(IReadOnlyList<FederationChange> earlier, DateTimeOffset now)
    {
        lock (_changing)
        {
            if (_isContinued || earlier.Count == 0)
            {
                return;
            }

            // One that starts again and again must not push out why.
            _isContinued = true;
            var told = earlier[0].Items is [{ Kind: StartKind }] ? earlier.Skip(1) : earlier;
            var start = new FederationChange(now, null, false, [new(StartKind, "this gateway", "started and went on with what the one before it knew")], 0);
            _changes = [.. _changes.Append(start).Concat(told).Take(MostChanges)];
        }
    }

    /// <summary>Compares what holds now with what held when this was called last.</summary>
    /// <param name="portfolio">Who declares what.</param>
    /// <param name="result">What was made of it.</param>
    /// <param name="generation">The import map.</param>
    /// <param name="now">When.</param>
    /// <param name="isRemembered">It comes from an earlier gateway, whose history tells of it.</param>
    public void Note(Portfolio portfolio, NegotiationResult result, string? generation, DateTimeOffset now, bool isRemembered = false)
    {
        lock (_changing)
        {
            var before = _last;
            _last = (portfolio, result, generation);
            if (isRemembered && _isContinued)
            {
                return;
            }

            var items = Services(before?.Portfolio, portfolio).Concat(Winners(before?.Result, result)).Concat(Problems(before?.Result, result)).ToList();
            if (items.Count == 0 && before is not null && before.Value.Generation != generation)
            {
                items.Add(new FederationChangeItem("map", "import map", "names other files, or other hashes of them"));
            }

            if (items.Count > 0)
            {
                _changes = [new(now, generation, generation != before?.Generation, [.. items.Take(MostItems)], Math.Max(0, items.Count - MostItems)), .. _changes.Take(MostChanges - 1)];
            }
        }
    }

    private static IEnumerable<FederationChangeItem> Services(Portfolio? before, Portfolio after)
    {
        var (old, now) = (Current(before), Current(after));
        foreach (var name in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var says = (old.GetValueOrDefault(name), now.GetValueOrDefault(name)) switch
            {
                (null, { } came) => [$"came with revision {came.Manifest.Revision}"],
                ({ } went, null) => [$"went; it had revision {went.Manifest.Revision}"],
                ({ } was, { } @is) => Differences(was, @is),
                _ => (IEnumerable<string>)[],
            };
            foreach (var sentence in says)
            {
                yield return new FederationChangeItem("service", name, sentence);
            }
        }
    }

    private static Dictionary<string, PortfolioService> Current(Portfolio? portfolio) =>
        (portfolio?.Services ?? []).Where(static s => !s.IsRetained && s.Name != RuntimeOffer.Name).DistinctBy(static s => s.Name).ToDictionary(static s => s.Name, StringComparer.Ordinal);

    private static IEnumerable<string> Differences(PortfolioService was, PortfolioService now)
    {
        if (was.Manifest.Revision != now.Manifest.Revision)
        {
            yield return $"revision {was.Manifest.Revision} → {now.Manifest.Revision}";
        }

        if (was.State != now.State)
        {
            yield return now.State switch
            {
                ManifestState.Fresh => "answers again",
                ManifestState.Stale => "does not answer any more; its last good manifest counts",
                _ => "has been away for too long; its manifest does not count any more",
            };
        }

        if (was.AssetsUp != now.AssetsUp)
        {
            yield return now.AssetsUp ? "its files can be fetched again" : "its files cannot be fetched any more";
        }
    }

    private static IEnumerable<FederationChangeItem> Winners(NegotiationResult? before, NegotiationResult after)
    {
        var (old, now) = (Winners(before), Winners(after));
        foreach (var unit in old.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (was, @is) = (old.GetValueOrDefault(unit), now.GetValueOrDefault(unit));
            if (was != @is)
            {
                yield return new FederationChangeItem("package", unit, (was, @is) switch
                {
                    (null, Nobody) => "is declared now, and there is no copy that may win",
                    (null, _) => $"{@is} is shared now",
                    (_, null) => $"is no longer declared; it was {was}",
                    _ => $"{was} → {@is}",
                });
            }
        }
    }

    // Without the revision: that a deployment moved it is told with its service.
    private static Dictionary<string, string> Winners(NegotiationResult? result) => result is null ? [] : result.Decisions.ToDictionary(
        static pair => pair.Key,
        static pair => pair.Value.Winner is { } won ? $"{DecisionText.Versions(won)} from {WithoutRevision(won.Provider)}" : Nobody,
        StringComparer.Ordinal);

    private static string WithoutRevision(string id) => id.IndexOf('@') is > 0 and var at ? id[..at] : id;

    private static IEnumerable<FederationChangeItem> Problems(NegotiationResult? before, NegotiationResult after)
    {
        var (old, now) = (Errors(before), Errors(after));
        return now.Except(old).Select(static said => new FederationChangeItem("problem", said.Code, said.Message))
            .Concat(old.Except(now).Select(static said => new FederationChangeItem("problem", said.Code, "is over: " + said.Message)));
    }

    private static List<FederationDiagnostic> Errors(NegotiationResult? result) =>
        result is null ? [] : [.. result.Diagnostics.Where(static said => said.Level == DiagnosticLevel.Error)];
}
