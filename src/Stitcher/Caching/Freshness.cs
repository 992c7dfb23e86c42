using System.Globalization;
using Stitcher.Upstream;

namespace Stitcher.Caching;

/// <summary>How long an answer may be shown again, by HTTP's own rules (RFC 9111, sections 3 and 4.2), without guessing.</summary>
internal static class Freshness
{
    /// <returns>The time from now for which the answer is fresh; zero when it may not be kept.</returns>
    public static TimeSpan Of(UpstreamResponse response, TimeSpan longest)
    {
        // A status that a cache may keep; a cookie or a variant by header would belong to one browser; what may be cut or
        // forged would be shown again and again.
        if (response.Status is not (200 or 203 or 204 or 404 or 410) || response.SetsCookie || response.IsDoubtful || Varies(response.Vary))
        {
            return TimeSpan.Zero;
        }

        if (response.CacheControl is null)
        {
            return ByExpires(response, longest);
        }

        long? maxAge = null;
        long? shared = null;
        foreach (var range in response.CacheControl.AsSpan().Split(','))
        {
            var directive = response.CacheControl.AsSpan(range).Trim();
            var equals = directive.IndexOf('=');
            var name = (equals < 0 ? directive : directive[..equals]).Trim();
            var value = equals < 0 ? default : directive[(equals + 1)..].Trim().Trim('"');
            if (name.Equals("no-store", StringComparison.OrdinalIgnoreCase)
                || name.Equals("private", StringComparison.OrdinalIgnoreCase)
                || name.Equals("no-cache", StringComparison.OrdinalIgnoreCase))
            {
                return TimeSpan.Zero;
            }

            if (name.Equals("max-age", StringComparison.OrdinalIgnoreCase))
            {
                maxAge = Seconds(value, maxAge);
            }
            else if (name.Equals("s-maxage", StringComparison.OrdinalIgnoreCase))
            {
                shared = Seconds(value, shared);
            }
        }

        return (shared ?? maxAge) is { } seconds ? Left(TimeSpan.FromSeconds(seconds), response, longest) : ByExpires(response, longest);
    }

    // These two are the same in every question the gateway asks, so that no answer differs by them; a server that compresses names one always.
    private static bool Varies(string? vary) => vary is not null && vary.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Any(name => !name.Equals("Accept-Encoding", StringComparison.OrdinalIgnoreCase) && !name.Equals("Accept", StringComparison.OrdinalIgnoreCase));

    private static TimeSpan ByExpires(UpstreamResponse response, TimeSpan longest) =>
        response.Expires is not null && response.Date is not null && Date(response.Expires) is { } expires && Date(response.Date) is { } date
            ? Left(expires - date, response, longest)
            : TimeSpan.Zero;

    private static TimeSpan Left(TimeSpan lifetime, UpstreamResponse response, TimeSpan longest)
    {
        // Of several ages the first, as RFC 9111, section 5.1, has it.
        var age = response.Age is { } text ? TimeSpan.FromSeconds(Seconds(text.Split(',')[0].Trim(), null)) : TimeSpan.Zero;
        var left = lifetime - age;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : left < longest ? left : longest;
    }

    // What cannot be read counts as no freshness; of two values the smaller one (RFC 9111, section 4.2.1).
    private static long Seconds(ReadOnlySpan<char> value, long? before)
    {
        // A number too large to be read is as large as can be (section 1.2.2): an age like that must not count as none.
        var isNumber = !value.IsEmpty && !value.ContainsAnyExceptInRange('0', '9');
        var seconds = !isNumber ? 0 : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? Math.Min(read, int.MaxValue) : int.MaxValue;
        return before is { } other ? Math.Min(other, seconds) : seconds;
    }

    private static DateTimeOffset? Date(string value) =>
        DateTimeOffset.TryParseExact(value, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
}
