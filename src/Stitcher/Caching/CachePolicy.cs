using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Stitcher.Configuration;
using Stitcher.Upstream;

namespace Stitcher.Caching;

/// <summary>
/// Decides by HTTP's own rules (RFC 9111, 5861, 9213) whether an answer may be kept and for how long it may be shown, without guessing a
/// lifetime. Pure: the same answer gets the same verdict.
/// </summary>
internal static class CachePolicy
{
    /// <summary>The longest time for which anything is shown stale, whatever its service says.</summary>
    public static readonly TimeSpan LongestStale = TimeSpan.FromHours(24);

    // "There is none" without a word on how long: long enough to keep a crawler's storm away, short enough for a new thing to be seen.
    private static readonly TimeSpan NegativeLifetime = TimeSpan.FromSeconds(10);

    // What belongs to one person is gone soon, also if nobody logs out.
    private static readonly TimeSpan LongestPrivate = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestPrivateStale = TimeSpan.FromSeconds(30);

    // These are the same in every question the gateway asks, so that no answer differs by them; a server that compresses names one always.
    private static readonly ImmutableArray<string> Constant = ["Accept-Encoding", "Accept"];

    /// <param name="status">The status.</param>
    /// <param name="setsCookie">It sets a cookie.</param>
    /// <param name="headers">Its headers.</param>
    /// <param name="options">The cache's own bounds.</param>
    /// <param name="keyed">The request headers that are part of its cache key.</param>
    /// <param name="isPartitioned">Its key belongs to one person, so that what is private may be kept for them.</param>
    public static CacheVerdict Judge(
        int status, bool setsCookie, AnswerHeaders headers, CacheOptions options, ImmutableArray<string> keyed = default, bool isPartitioned = false)
    {
        if (status is not (200 or 203 or 204 or 404 or 410))
        {
            return CacheVerdict.Refused("status");
        }

        if (setsCookie)
        {
            return CacheVerdict.Refused("set-cookie");
        }

        if (Varies(headers.Vary, keyed.IsDefault ? [] : keyed))
        {
            return CacheVerdict.Refused("vary");
        }

        var targeted = headers.StitcherCacheControl is { } own ? CacheDirectives.ParseTargeted(own) : null;
        var directives = targeted ?? Untargeted(headers);
        return directives.NoStore ? CacheVerdict.Refused("no-store")
            : directives.Private && !isPartitioned ? CacheVerdict.Refused("private")
            : Judge(status, directives, headers, LifetimeOf(status, directives, targeted is null ? headers : headers with { Expires = null }), options, isPartitioned);
    }

    /// <summary>Whether the service declares an answer to somebody to be everybody's (RFC 9111, section 3.5).</summary>
    public static bool IsForEverybody(AnswerHeaders headers)
    {
        var directives = (headers.StitcherCacheControl is { } own ? CacheDirectives.ParseTargeted(own) : null) ?? Untargeted(headers);
        return directives.Public || directives.SharedMaxAge is not null;
    }

    private static CacheVerdict Judge(int status, CacheDirectives directives, AnswerHeaders headers, TimeSpan? lifetime, CacheOptions options, bool isPartitioned)
    {
        if (lifetime is null && !directives.NoCache)
        {
            return CacheVerdict.Refused("no-freshness");
        }

        // Below zero: it was stale already when it came, by so much.
        var left = directives.NoCache ? TimeSpan.Zero : lifetime!.Value - AgeOf(headers);
        var whileRevalidate = StaleFor(status, directives, directives.StaleWhileRevalidate, left > TimeSpan.Zero ? options.StaleWhileRevalidate : TimeSpan.Zero, left);
        var ifError = StaleFor(status, directives, directives.StaleIfError, options.StaleIfError, left);
        if (left <= TimeSpan.Zero && headers.Validators.IsEmpty
            && (whileRevalidate == TimeSpan.Zero || directives.StaleWhileRevalidate is null) && (ifError == TimeSpan.Zero || directives.StaleIfError is null))
        {
            return CacheVerdict.Refused(directives.NoCache ? "no-cache" : "stale");
        }

        var fresh = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        return isPartitioned
            ? new CacheVerdict(null, Least(fresh, options.LongestFreshness, LongestPrivate), TimeSpan.Zero, Least(ifError, LongestPrivateStale))
            : new CacheVerdict(null, Least(fresh, options.LongestFreshness), Least(whileRevalidate, LongestStale), Least(ifError, LongestStale));
    }

    // Without a word to this gateway alone: what is said to all surrogates beats what is said to everybody, but permits nothing that is forbidden there.
    private static CacheDirectives Untargeted(AnswerHeaders headers)
    {
        var directives = headers.CacheControl is { } everybody ? CacheDirectives.Parse(everybody) : new CacheDirectives();
        return headers.SurrogateControl is { } surrogates ? directives.UnderSurrogateControl(surrogates) : directives;
    }

    /// <returns>The lifetime that it was given; null when nothing was said.</returns>
    private static TimeSpan? LifetimeOf(int status, CacheDirectives directives, AnswerHeaders headers)
    {
        if ((directives.SharedMaxAge ?? directives.MaxAge) is { } seconds)
        {
            // What cannot be read, or contradicts itself, counts as stale.
            return TimeSpan.FromSeconds(Math.Max(0, seconds));
        }

        if (headers.Expires is { } expires)
        {
            return DateOf(expires) is { } end && DateOf(headers.Date) is { } start && end > start ? end - start : TimeSpan.Zero;
        }

        return status is 404 or 410 ? NegativeLifetime : null;
    }

    private static TimeSpan StaleFor(int status, CacheDirectives directives, long? said, TimeSpan usual, TimeSpan left)
    {
        // A lifetime for shared caches alone implies proxy-revalidate (RFC 9111, section 5.2.2.10), unless something is said beside it.
        if (directives.MustRevalidate || directives.NoCache || (said is null && (directives.SharedMaxAge is not null || status is 404 or 410)))
        {
            return TimeSpan.Zero;
        }

        var window = (said is { } seconds ? TimeSpan.FromSeconds(seconds) : usual) + (left < TimeSpan.Zero ? left : TimeSpan.Zero);
        return window > TimeSpan.Zero ? window : TimeSpan.Zero;
    }

    private static bool Varies(string? vary, ImmutableArray<string> keyed) =>
        vary is not null && vary.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(name => !Constant.Contains(name, StringComparer.OrdinalIgnoreCase) && !keyed.Contains(name, StringComparer.OrdinalIgnoreCase));

    // Of several ages the first; what is none counts as not there (RFC 9111, section 5.1). The date it was made at is not held against the clock
    // here: a clock that is wrong would make everything old.
    public static TimeSpan AgeOf(AnswerHeaders headers) =>
        headers.Age is { } age ? TimeSpan.FromSeconds(Math.Max(0, CacheDirectives.Seconds(age.Split(',')[0].Trim()))) : TimeSpan.Zero;

    private static DateTimeOffset? DateOf(string? value) => value is not null && HeaderUtilities.TryParseDate(value, out var date) ? date : null;

    private static TimeSpan Least(params ReadOnlySpan<TimeSpan> spans)
    {
        var least = spans[0];
        foreach (var span in spans)
        {
            least = span < least ? span : least;
        }

        return least;
    }
}
