using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Federation.Manifests;

namespace Stitcher.Manifests;

/// <summary>Reads manifests, wherever they come from, hands what can be used to the state, and has it remembered.</summary>
internal sealed class ManifestIntake(FederationState state, StateFiles files, KeptAssets kept, ILogger<ManifestIntake> logger)
{
    // The same is seen again with every look; more than this is told again.
    private const int MostTold = 1024;

    private readonly ConcurrentDictionary<string, bool> _told = new(StringComparer.Ordinal);
    private FederationSnapshot? _retained;

    /// <param name="source">Whose it is.</param>
    /// <param name="bytes">As it came.</param>
    /// <param name="refusal">Why nothing of it counts; null when it does.</param>
    public ManifestVerdict Take(ManifestSource source, ReadOnlyMemory<byte> bytes, out string? refusal) => Take(source, bytes, isPushed: false, out refusal, out _);

    /// <inheritdoc cref="Take(ManifestSource, ReadOnlyMemory{byte}, out string?)"/>
    /// <param name="source">Whose it is.</param>
    /// <param name="bytes">As it came.</param>
    /// <param name="isPushed">Somebody who may says that it is the current one.</param>
    /// <param name="refusal">Why nothing of it counts; null when it does.</param>
    /// <param name="problems">The parts of it that are left out.</param>
    public ManifestVerdict Take(ManifestSource source, ReadOnlyMemory<byte> bytes, bool isPushed, out string? refusal, out ImmutableArray<ManifestProblem> problems)
    {
        var manifest = source.Read(bytes, out problems);
        foreach (var problem in problems.Where(problem => IsNews($"{source.Service} {manifest?.Revision} {problem}")))
        {
            logger.ManifestProblem(source.Service, problem.Code, problem.Subject, problem.Message);
        }

        if (manifest is null)
        {
            refusal = "its content is no manifest";
            return ManifestVerdict.Unreadable;
        }

        var verdict = state.Take(source.Service, manifest, bytes, isPushed);
        refusal = verdict switch
        {
            ManifestVerdict.BytesChanged => "files have other bytes under the same revision",
            ManifestVerdict.MapRefused => "with it the import map would not do what was decided",
            ManifestVerdict.Held => $"revision '{manifest.Revision}' waits while copies of the one before answer (StrictConflict: Hold): {state.WaitsFor(source.Service)?.Message.TrimEnd('.')}",
            ManifestVerdict.Unexpected => "the service is not configured to have one",
            _ => null,
        };
        if (verdict is ManifestVerdict.Promoted or ManifestVerdict.Updated)
        {
            logger.ManifestTaken(source.Service, manifest.Revision, manifest.Exposes.Length);
        }
        else if (verdict == ManifestVerdict.Older && IsNews($"{source.Service} {manifest.Revision} {verdict}"))
        {
            logger.ManifestOlder(source.Service, manifest.Revision);
        }

        return verdict;
    }

    /// <summary>Has what is known of a service outlive the gateway, and forgets the files of revisions whose retention is over.</summary>
    public async Task RememberAsync(string service)
    {
        var current = state.Current;
        if (!ReferenceEquals(Interlocked.Exchange(ref _retained, current), current))
        {
            kept.Retain([.. current.Services.Values.SelectMany(static s => s.Revisions)]);
        }

        if (state.Find(service) is { } known)
        {
            await files.SaveAsync(known);
        }

        await files.SaveAsync(state.History.Changes);
    }

    /// <summary>Takes what an earlier gateway knew of services that this one knows nothing of yet.</summary>
    public void Restore(IEnumerable<ManifestSource> sources)
    {
        state.RestoreHistory(files.LoadChanges());
        foreach (var source in sources)
        {
            if (state.Find(source.Service) is null && files.Load(source) is { } known)
            {
                foreach (var revision in known.Revisions)
                {
                    kept.Restore(revision);
                }

                state.Restore(known);
            }
        }
    }

    private bool IsNews(string said)
    {
        if (_told.Count >= MostTold)
        {
            _told.Clear();
        }

        return _told.TryAdd(said, true);
    }
}
