using Stitcher.Federation;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>What somebody has to act on, the worst first.</summary>
internal static class FederationProblems
{
    /// <param name="view">What is told.</param>
    /// <param name="services">The services, as they are told.</param>
    /// <param name="refusedOf">The parts of a revision's manifest that are left out.</param>
    public static IEnumerable<FederationProblem> Of(
        FederationView view, IReadOnlyList<FederationService> services, Func<KnownRevision, IReadOnlyList<ManifestProblem>> refusedOf)
    {
        if (view.Refusal is { } refusal)
        {
            yield return new FederationProblem("error", "map-refused", null, null, null, $"A newer import map was not published, the last good one stays: {refusal}.");
        }

        var said = view.Result.Diagnostics.Where(IsOne).OrderByDescending(static said => said.Level).Select(said => WithTrouble(Tell(said, view), services)).ToList();
        foreach (var error in said.Where(static said => said.Level == "error"))
        {
            yield return error;
        }

        foreach (var known in view.Known.Values.OrderBy(static s => s.Name, StringComparer.Ordinal))
        {
            foreach (var part in refusedOf(known.Current))
            {
                yield return new FederationProblem(
                    Word(FederationCodes.LevelOf(part.Code)), part.Code, known.Name, null, null, $"{known.Name}: {part.Subject} of its manifest is left out. {part.Message}");
            }
        }

        foreach (var service in services)
        {
            if (Read(service) is { } problem)
            {
                yield return problem;
            }
        }

        foreach (var warning in said.Where(static said => said.Level != "error"))
        {
            yield return warning;
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

    private static FederationProblem? Read(FederationService service) => service switch
    {
        { State: "not seen" } => new FederationProblem(
            "warning",
            "not-seen",
            service.Name,
            null,
            null,
            $"{service.Name} has shown no manifest that can be read since the gateway started, so nothing of it is in the map{Because(service)}. Look at the service."),
        { State: "fresh", Trouble: not null } => new FederationProblem(
            "warning", "not-read", service.Name, null, null, $"The last look at the manifest of {service.Name} brought nothing, so revision {service.Revision} keeps counting{Because(service)}."),
        _ => null,
    };

    private static FederationProblem WithTrouble(FederationProblem problem, IReadOnlyList<FederationService> services) =>
        problem.Code is FederationCodes.LastKnownGood or FederationCodes.ManifestExpired && services.FirstOrDefault(s => s.Name == problem.Service) is { Trouble: not null } service
            ? problem with { Says = $"{problem.Says} The last look: {service.Trouble}." }
            : problem;

    private static string Because(FederationService service) => service.Trouble is { } trouble ? $": {trouble}" : "";

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
