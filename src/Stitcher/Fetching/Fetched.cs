using System.Collections.Immutable;
using Stitcher.Caching;

namespace Stitcher.Fetching;

/// <summary>What came of one question, before any slot shows it: several slots and several pages may share it.</summary>
internal sealed record Fetched
{
    /// <summary>The answer, compiled; null when there is none to show.</summary>
    public CachedFragment? Fragment { get; init; }

    public SlotFailure Failure { get; init; }

    /// <summary>What failed, in words for an operator.</summary>
    public string? Detail { get; init; }

    /// <summary>The service's status, when it gave one.</summary>
    public int Status { get; init; }

    public string? Location { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>Of which parameters a 400 speaks.</summary>
    public string? Refused { get; init; }

    /// <summary>It has a body that may be shown.</summary>
    public bool HasBody { get; init; }

    /// <summary>The lines of <c>Set-Cookie</c>.</summary>
    public ImmutableArray<string> SetCookies { get; init; } = [];

    /// <summary>It came from a second level: nobody was asked.</summary>
    public bool WasKept { get; init; }

    /// <summary>It belongs to everybody who asked for the same; otherwise to the one for whom the question was begun.</summary>
    public bool IsForAll { get; init; }

    /// <summary>The time that was given to the service.</summary>
    public TimeSpan Given { get; init; }

    public static Fetched Failed(SlotFailure failure, string? detail, int status = 0, string? retryAfter = null) =>
        new() { Failure = failure, Detail = detail, Status = status, RetryAfter = retryAfter, IsForAll = true };
}
