using Stitcher.Federation;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Explaining;

/// <summary>What somebody has to act on, the worst first.</summary>
internal static class FederationProblems
{
    public static IEnumerable<FederationProblem> Of(FederationView view, IEnumerable<FederationService> services)
    {
        if (view.Refusal is { } refusal)
        {
            yield return new FederationProblem("error", "map-refused", null, null, null, $"A newer import map was not published, the last good one stays: {refusal}.");
        }

        foreach (var said in view.Result.Diagnostics.Where(IsOne).OrderByDescending(static said => said.Level))
        {
            yield return Tell(said, view);
        }

        foreach (var service in services.Where(static s => s.State == "not seen"))
        {
            yield return new FederationProblem(
                "warning",
                "not-seen",
                service.Name,
                null,
                null,
                $"{service.Name} has not shown a manifest that can be read since the gateway started, so nothing of it is in the map. Look at the service, and in the log for ManifestUnreadable.");
        }
    }

    /// <summary>Nobody is forced or doubled by a service that is down, and somebody has to look at it all the same.</summary>
    public static bool IsOne(FederationDiagnostic said) => said.Level > DiagnosticLevel.Info || said.Code == FederationCodes.LastKnownGood;

    public static FederationProblem Tell(FederationDiagnostic said, FederationView view) => new(
        said.Code == FederationCodes.LastKnownGood ? "warning" : Word(said.Level),
        said.Code,
        NameOf(said.Service),
        said.Package,
        said.Package is null ? null : UnitOf(said, view),
        said.Message);

    public static string Word(DiagnosticLevel level) => level.ToString().ToLowerInvariant();

    private static string? NameOf(string? id) => id?.IndexOf('@') is > 0 and var at ? id[..at] : id;

    // A package may be decided in several share scopes; it is meant where its service takes part.
    private static string? UnitOf(FederationDiagnostic said, FederationView view)
    {
        var units = view.Result.Decisions.Where(pair => pair.Value.Packages.Contains(said.Package!)).ToList();
        var own = units.FindIndex(pair =>
            pair.Value.Consumers.Any(c => c.Service == said.Service) || pair.Value.Candidates.Any(c => c.Provider == said.Service));
        return units.Count == 0 ? null : units[Math.Max(0, own)].Key;
    }
}
