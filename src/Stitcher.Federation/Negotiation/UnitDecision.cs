using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>How one unit (a package, or packages that must come from one build) was decided, and why.</summary>
public sealed record UnitDecision
{
    /// <value>The share scope.</value>
    public required string Scope { get; init; }

    /// <value>The unit's packages in ordinal order; the first one names the unit.</value>
    public required ImmutableArray<string> Packages { get; init; }

    /// <value>The package that most services declare; its version is compared first.</value>
    public required string Lead { get; init; }

    /// <value>Who offered what, in order of name and revision.</value>
    public required ImmutableArray<UnitCandidate> Candidates { get; init; }

    /// <value>The candidate that all services run which do not say otherwise; null when nobody's offer was eligible.</value>
    public required UnitCandidate? Winner { get; init; }

    /// <value>Why it won, see <see cref="WinnerReasons"/>.</value>
    public required string Reason { get; init; }

    /// <value>What each service that declares a package of the unit runs on, in order of name and revision.</value>
    public required ImmutableArray<UnitConsumer> Consumers { get; init; }
}
