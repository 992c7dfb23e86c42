using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher.Explaining;

/// <summary>Tells what was negotiated between the services, what is wrong with it and what changed.</summary>
internal sealed class FederationExplainer(CatalogState catalog, FederationState federation)
{
    private readonly ConditionalWeakTable<KnownRevision, IReadOnlyList<ManifestProblem>> _refused = [];

    /// <summary>What is negotiated over now.</summary>
    public Portfolio Portfolio => federation.Current.Portfolio;

    /// <param name="filter">A part of the names of services or packages to tell; empty for all.</param>
    public FederationExplanation Explain(string filter)
    {
        var view = FederationView.Of(federation);
        var result = view.Result;
        var services = catalog.Current.Services.Values.Where(static s => s.HasManifest).OrderBy(static s => s.Name, StringComparer.Ordinal)
            .Select(s => Service(s.Name, view, filter)).ToImmutableArray();
        var packages = result.Decisions.Select(pair => FederationPackages.Tell(pair.Key, pair.Value, view, filter)).ToImmutableArray();
        var problems = FederationProblems.Of(view, services, RefusedOf).ToImmutableArray();
        var changes = federation.History.Changes;
        return new FederationExplanation(
            services.IsEmpty ? "none" : problems.Any(static p => p.Level == "error") ? "errors" : problems.IsEmpty ? "good" : "warnings",
            view.Generation,
            changes.FirstOrDefault(change => change.Generation == view.Generation && change.IsNewMap)?.At,
            view.Refusal,
            filter,
            new MapFacts(
                result.Map.ToUtf8Bytes().Length,
                result.Map.Imports.Count + result.Map.Scopes.Sum(static scope => scope.Value.Count),
                result.Map.Scopes.Count,
                result.Map.Integrity.Count),
            packages.Sum(static p => p.ExtraCopies),
            packages.Sum(static p => p.ExtraBytes),
            problems,
            services,
            packages,
            [.. result.Diagnostics.Where(static said => !FederationProblems.IsOne(said)).Select(said => FederationProblems.Tell(said, view))],
            changes);
    }

    // Parts of a manifest that are left out take no part in the negotiation, so it says nothing of them.
    private IReadOnlyList<ManifestProblem> RefusedOf(KnownRevision revision) => _refused.GetValue(revision, known =>
    {
        var problems = ImmutableArray<ManifestProblem>.Empty;
        if (!known.Bytes.IsEmpty)
        {
            catalog.SourceOf(known.Service)?.Read(known.Bytes, out problems);
        }

        return problems.IsDefault ? [] : problems;
    });

    private FederationService Service(string name, FederationView view, string filter)
    {
        var revisions = view.Portfolio.Services.Where(s => s.Name == name).ToList();
        var current = revisions.Find(static s => !s.IsRetained);
        var known = view.Known.GetValueOrDefault(name);
        return new FederationService(
            name,
            current is null ? "not seen" : current.State.ToString().ToLowerInvariant(),
            known?.LastSeen,
            federation.TroubleOf(name),
            current?.AssetsUp,
            current?.IsHost ?? false,
            current is not null && view.Result.Withheld.Contains(current.Id),
            current?.Manifest.Revision,
            current?.Manifest.BuiltAt,
            [.. revisions.Where(static s => s.IsRetained).Select(s => new RetainedRevision(s.Manifest.Revision, known?.Retained.FirstOrDefault(r => r.Manifest.Revision == s.Manifest.Revision)?.Replaced))],
            current?.Manifest.Exposes.Length ?? 0,
            current?.Manifest.Shared.Length ?? 0,
            name.Contains(filter, StringComparison.OrdinalIgnoreCase));
    }
}
