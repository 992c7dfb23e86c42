using System.Collections.Immutable;
using System.Text;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>What there is to say about one package, for people and for scripts.</summary>
internal sealed record Explanation(ImmutableArray<UnitDecision> Decisions, ImmutableArray<FederationDiagnostic> Diagnostics)
{
    public static Explanation? Of(NegotiationResult result, string package, string? service)
    {
        var decisions = result.Decisions.Values.Where(decision => decision.Packages.Contains(package)).ToImmutableArray();
        if (decisions.IsEmpty)
        {
            return null;
        }

        var packages = decisions.SelectMany(static decision => decision.Packages).ToHashSet(StringComparer.Ordinal);
        return new Explanation(
            [.. decisions.Select(decision => decision with { Consumers = [.. decision.Consumers.Where(consumer => Is(consumer.Service, service))] })],
            [.. result.Diagnostics.Where(said => said.Package is not null && packages.Contains(said.Package) && Is(said.Service, service))]);
    }

    public static IEnumerable<string> Packages(NegotiationResult result) =>
        result.Decisions.Values.SelectMany(static decision => decision.Packages).Distinct().Order(StringComparer.Ordinal);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var decision in Decisions)
        {
            var winner = decision.Winner is { } won ? $"{Versions(won)} from {won.Provider}" : "nobody's copy";
            text.AppendLine($"{string.Join(", ", decision.Packages)}: {winner} ({decision.Reason})");
            foreach (var candidate in decision.Candidates)
            {
                var cost = candidate.Cost is { } price
                    ? $"{price.Missing} missing, {price.Splits} split, {price.Forced} forced, {price.Extra} extra"
                    : candidate.Ineligible;
                text.AppendLine($"  offers    {candidate.Provider} {Versions(candidate)}: {cost}");
            }

            foreach (var consumer in decision.Consumers)
            {
                var ranges = string.Join(", ", consumer.Ranges.Values);
                var copy = consumer.Provider is { } provider ? $" on {provider}" : "";
                text.AppendLine($"  runs      {consumer.Service} ({ranges}): {consumer.Outcome.ToString().ToLowerInvariant()}{copy}");
            }
        }

        foreach (var said in Diagnostics)
        {
            text.AppendLine($"  {said.Code}    {said.Message}");
        }

        return text.ToString().TrimEnd();
    }

    private static string Versions(UnitCandidate candidate) => string.Join(", ", candidate.Versions.Values);

    private static bool Is(string? id, string? service) =>
        service is null || id is null || id == service || id.StartsWith(service + "@", StringComparison.Ordinal);
}
