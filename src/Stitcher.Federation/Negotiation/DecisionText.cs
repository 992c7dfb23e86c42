using System.Globalization;

namespace Stitcher.Federation.Negotiation;

/// <summary>Decisions in words, for whoever has to understand one in a hurry. A sentence may change with any release; what programs read is the decision itself.</summary>
public static class DecisionText
{
    /// <summary>Why the winner won, as one sentence.</summary>
    public static string Reason(UnitDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var winner = decision.Winner;
        return decision.Reason switch
        {
            WinnerReasons.OnlyOffer when decision.Candidates.Length == 1 => "Nobody else offers it.",
            WinnerReasons.OnlyOffer => "No other offer may win.",
            WinnerReasons.Pin => "The operator pinned this version.",
            WinnerReasons.Host => "It comes from the host, whose packages come first.",
            WinnerReasons.Highest => "It is the highest version on offer, and no other would be refused by fewer services.",
            WinnerReasons.FewestRefusals => "Higher versions are on offer, and more services would refuse them.",
            WinnerReasons.Sticky => "It won the last time, and nobody suffers by keeping it.",
            WinnerReasons.FewestCopies => "Higher versions are on offer, and would bring more copies into the pages.",
            WinnerReasons.StableFirst => "Higher versions are on offer, and are prereleases.",
            WinnerReasons.Coverage => "All offer the same version; this copy has more of the entries that others need.",
            WinnerReasons.ProviderOrder => "All offer the same; this one stands first by host, trust, freshness, entries and name.",
            _ when winner is null && decision.Candidates.IsEmpty => "Nobody offers it.",
            _ when winner is null => "None of the offers may win; beside each stands why.",
            _ => decision.Reason,
        };
    }

    /// <summary>What a candidate would cost if it won, or why it may not win.</summary>
    public static string Price(UnitCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Cost is { } cost ? Price(cost) : Ineligible(candidate.Ineligible ?? "");
    }

    /// <summary>What became of a service that declares packages of the unit.</summary>
    public static string Outcome(UnitConsumer consumer, UnitDecision decision)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentNullException.ThrowIfNull(decision);
        var versions = decision.Candidates.FirstOrDefault(candidate => candidate.Provider == consumer.Provider) is { } copy ? Versions(copy) : null;
        return consumer.Outcome switch
        {
            ConsumerOutcome.Shared => "runs on the winner",
            ConsumerOutcome.Forced => $"runs on the winner, {versions}, outside its range",
            ConsumerOutcome.Own => $"runs its own copy, {versions}",
            ConsumerOutcome.Borrowed => $"runs on the copy of {consumer.Provider}, {versions}",
            ConsumerOutcome.Quarantined => "is taken out: what it exposes is withheld",
            _ => "finds no copy it can run on: what it exposes is withheld",
        };
    }

    /// <summary>The candidate's versions; those of a family are told with their packages when they differ.</summary>
    public static string Versions(UnitCandidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        var distinct = candidate.Versions.Values.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : string.Join(", ", candidate.Versions.Select(static pair => $"{pair.Key} {pair.Value}"));
    }

    /// <summary>The ranges that a service accepts; those of a family are told with their packages when they differ.</summary>
    public static string Ranges(UnitConsumer consumer)
    {
        ArgumentNullException.ThrowIfNull(consumer);
        var distinct = consumer.Ranges.Values.Distinct().ToList();
        return distinct.Count == 1 ? distinct[0] : string.Join(", ", consumer.Ranges.Select(static pair => $"{pair.Key} {pair.Value}"));
    }

    private static string Price(UnitCost cost)
    {
        var parts = new List<string>();
        Add(cost.Missing, "finds nothing to run on", "find nothing to run on");
        Add(cost.Splits, "has to stand apart", "have to stand apart");
        Add(cost.Forced, "is moved outside its range", "are moved outside their range");
        if (cost.Extra > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{cost.Extra} more {(cost.Extra == 1 ? "copy" : "copies")}"));
        }

        return parts.Count == 0 ? "suits everybody" : string.Join("; ", parts);

        void Add(int count, string one, string several)
        {
            if (count > 0)
            {
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "service " + one : "services " + several)}"));
            }
        }
    }

    private static string Ineligible(string word) => word switch
    {
        "banned" => "may not win: its version is banned",
        "below-floor" => "may not win: its version is below the floor",
        "assets-down" => "may not win: its files cannot be fetched",
        "provider-not-allowed" => "may not win: a provider rule keeps it from serving others",
        "retained-revision" => "may not win: it is a replaced revision",
        _ => $"may not win: {(word.StartsWith("isolated", StringComparison.Ordinal) ? "it is " : "it ")}{word}",
    };
}
