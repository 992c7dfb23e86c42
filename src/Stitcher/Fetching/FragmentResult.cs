using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Stitcher.Parsing;

namespace Stitcher.Fetching;

/// <summary>What came of one slot. A failure is a result like any other.</summary>
internal sealed record FragmentResult
{
    public required SlotOutcome Outcome { get; init; }

    public SlotFailure Failure { get; init; }

    /// <summary>What failed, in words for an operator; no query string, no body.</summary>
    public string? Detail { get; init; }

    /// <summary>The service's status, when it gave one.</summary>
    public int Status { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string? Location { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>Of which parameters a 400 speaks; null for all of them.</summary>
    public string? Refused { get; init; }

    /// <summary>What to show; null when there is nothing.</summary>
    public Markup? Markup { get; init; }

    /// <summary>What the fragment wants in the head, from its document and its headers.</summary>
    public ImmutableArray<HeadPart> Head { get; init; } = [];

    /// <summary>The cookies it may set, as its service sent them. They belong to the one who asked: a result with cookies is never another's.</summary>
    public ImmutableArray<SetCookieHeaderValue> Cookies { get; init; } = [];

    /// <summary>What came of the slots inside it, in their order.</summary>
    public ImmutableArray<NestedResult> Nested { get; init; } = [];

    /// <summary>The timestamp up to which it may be shown again; 0 when it may not.</summary>
    public long FreshUntil { get; init; }

    /// <summary>The names by which a cache in front may purge what shows it, separated by blanks.</summary>
    public string? Tags { get; init; }

    /// <summary>The time since its service made what is shown; null unless it is stale.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>How long it took to ask for and compile it; zero when it was remembered.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>The page shows less than it should.</summary>
    public bool IsDegraded => Outcome is SlotOutcome.Failed or SlotOutcome.FallbackFragment || Nested.Any(static n => n.Result.IsDegraded);

    /// <summary>Something in it is older than its service wants it, since that fails.</summary>
    public bool HidesFailure => (Outcome == SlotOutcome.Stale && Failure != SlotFailure.None) || Nested.Any(static n => n.Result.HidesFailure);

    public bool Failed => Outcome == SlotOutcome.Failed;

    public static FragmentResult Failing(SlotFailure failure, string? detail, int status = 0, string? retryAfter = null) =>
        new() { Outcome = SlotOutcome.Failed, Failure = failure, Detail = detail, Status = status, RetryAfter = retryAfter };
}
