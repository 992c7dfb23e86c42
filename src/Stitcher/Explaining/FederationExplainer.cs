using System.Collections.Immutable;
using Stitcher.Federation;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;
using Stitcher.Planning;

namespace Stitcher.Explaining;

/// <summary>Tells what was negotiated between the services, what is wrong with it and what changed.</summary>
internal sealed class FederationExplainer
{
    private readonly CatalogState _catalog;
    private readonly FederationState _federation;
    private readonly TimeProvider _time;
    private readonly FederationHistory _history = new();

    public FederationExplainer(CatalogState catalog, FederationState federation, TimeProvider time)
    {
        (_catalog, _federation, _time) = (catalog, federation, time);
        _federation.Changed += () => Look();
        Look();
    }

    /// <summary>What is negotiated over now.</summary>
    public Portfolio Portfolio => FederationView.Of(_federation).Portfolio;

    /// <param name="filter">A part of the names of services or packages to tell; empty for all.</param>
    public FederationExplanation Explain(string filter)
    {
        var view = Look();
        var result = view.Result;
        var services = _catalog.Current.Services.Values.Where(static s => s.HasManifest).OrderBy(static s => s.Name, StringComparer.Ordinal)
            .Select(s => Service(s.Name, view, filter)).ToImmutableArray();
        var packages = result.Decisions.Select(pair => FederationPackages.Tell(pair.Key, pair.Value, view, filter)).ToImmutableArray();
        var problems = FederationProblems.Of(view, services).ToImmutableArray();
        var changes = _history.Changes;
        return new FederationExplanation(
            services.IsEmpty ? "none" : problems.Any(static p => p.Level == "error") ? "errors" : problems.IsEmpty ? "good" : "warnings",
            view.Generation,
            changes.LastOrDefault(change => change.Generation == view.Generation && change.IsNewMap)?.At,
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

    private FederationView Look()
    {
        var view = FederationView.Of(_federation);
        _history.Note(view.Portfolio, view.Result, view.Generation, _time.GetUtcNow());
        return view;
    }

    private static FederationService Service(string name, FederationView view, string filter)
    {
        var revisions = view.Portfolio.Services.Where(s => s.Name == name).ToList();
        var current = revisions.Find(static s => !s.IsRetained);
        return new FederationService(
            name,
            current is null ? "not seen" : current.State.ToString().ToLowerInvariant(),
            view.LastSeen.TryGetValue(name, out var seen) ? seen : null,
            current?.AssetsUp,
            current?.IsHost ?? false,
            current is not null && view.Result.Withheld.Contains(current.Id),
            current?.Manifest.Revision,
            current?.Manifest.BuiltAt,
            [.. revisions.Where(static s => s.IsRetained).Select(s => new RetainedRevision(s.Manifest.Revision, view.Replaced.TryGetValue(s.Id, out var at) ? at : null))],
            current?.Manifest.Exposes.Length ?? 0,
            current?.Manifest.Shared.Length ?? 0,
            name.Contains(filter, StringComparison.OrdinalIgnoreCase));
    }
}
