using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>What there is to say about one package, for people and for scripts.</summary>
internal sealed record Explanation(ImmutableArray<UnitDecision> Decisions, ImmutableArray<FederationDiagnostic> Diagnostics)
{
    private ImmutableArray<PortfolioService> _services = [];
    private string? _service;

    public static Explanation? Of(Portfolio portfolio, NegotiationResult result, string package, string? service)
    {
        var decisions = result.Decisions.Values.Where(decision => decision.Packages.Contains(package)).ToImmutableArray();
        if (decisions.IsEmpty)
        {
            return null;
        }

        var packages = decisions.SelectMany(static decision => decision.Packages).ToHashSet(StringComparer.Ordinal);
        return new Explanation(
            [.. decisions.Select(decision => decision with { Consumers = [.. decision.Consumers.Where(consumer => Is(consumer.Service, service))] })],
            [.. result.Diagnostics
                .Where(said => said.Package is not null && packages.Contains(said.Package) && Is(said.Service, service))
                .OrderByDescending(static said => said.Level)])
        {
            _services = portfolio.Services,
            _service = service,
        };
    }

    public static IEnumerable<string> Packages(NegotiationResult result) =>
        result.Decisions.Values.SelectMany(static decision => decision.Packages).Distinct().Order(StringComparer.Ordinal);

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var decision in Decisions)
        {
            Tell(text, decision);
        }

        if (!Diagnostics.IsEmpty)
        {
            text.AppendLine().AppendLine("What there is to say:");
            foreach (var said in Diagnostics)
            {
                text.AppendLine($"  {said.Code} {said.Level.ToString().ToLowerInvariant()}: {said.Message}");
            }
        }

        return text.ToString().TrimEnd();
    }

    private void Tell(StringBuilder text, UnitDecision decision)
    {
        var scope = decision.Scope == "default" ? "" : $" (share scope {decision.Scope})";
        var winner = decision.Winner is { } won ? $"{DecisionText.Versions(won)} from {won.Provider}" : "nobody's copy";
        text.AppendLine($"{string.Join(", ", decision.Packages)}{scope}: {winner} ({decision.Reason})");
        text.AppendLine($"  {DecisionText.Reason(decision)}");
        if (decision.Packages.Length > 1)
        {
            text.AppendLine("  These packages come from one build, whoever wins.");
        }

        text.AppendLine().AppendLine("Who offers it, and what it would mean for all if that won:");
        Columns(text, decision.Candidates.Select(candidate => (
            candidate == decision.Winner ? "*" : " ", candidate.Provider, DecisionText.Versions(candidate), DecisionText.Price(candidate))));
        text.AppendLine().AppendLine("Who runs on what:");
        if (decision.Consumers.IsEmpty)
        {
            text.AppendLine(_service is null ? "  nobody declares it" : $"  {_service} does not declare it");
        }

        Columns(text, decision.Consumers.Select(consumer => (
            consumer.Outcome is ConsumerOutcome.Shared ? " " : "!",
            consumer.Service,
            $"wants {DecisionText.Ranges(consumer)}",
            DecisionText.Outcome(consumer, decision) + Weight(consumer, decision))));
    }

    private string Weight(UnitConsumer consumer, UnitDecision decision)
    {
        var provider = consumer.Outcome is ConsumerOutcome.Own or ConsumerOutcome.Borrowed
            ? _services.FirstOrDefault(service => service.Id == consumer.Provider)
            : null;
        return provider is not null && CopySize.Of(provider, decision.Packages) is { Bytes: > 0 } size
            ? string.Create(CultureInfo.InvariantCulture, $" ({(size.IsComplete ? "" : "at least ")}{size.Bytes / 1024d:0.#} KB more for a page that shows both)")
            : "";
    }

    private static void Columns(StringBuilder text, IEnumerable<(string Mark, string Name, string Value, string Meaning)> rows)
    {
        var all = rows.ToList();
        var names = all.Select(static row => row.Name.Length).DefaultIfEmpty().Max();
        var values = Math.Min(32, all.Select(static row => row.Value.Length).DefaultIfEmpty().Max());
        foreach (var (mark, name, value, meaning) in all)
        {
            text.AppendLine($"{mark} {name.PadRight(names)}  {value.PadRight(values)}  {meaning}");
        }
    }

    private static bool Is(string? id, string? service) =>
        service is null || id is null || id == service || id.StartsWith(service + "@", StringComparison.Ordinal);
}
