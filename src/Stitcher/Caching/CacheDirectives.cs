using System.Globalization;

namespace Stitcher.Caching;

/// <summary>What an answer says about keeping it, whichever header said it.</summary>
internal sealed record CacheDirectives
{
    public bool NoStore { get; init; }

    public bool NoCache { get; init; }

    public bool Private { get; init; }

    /// <summary><c>public</c> or <c>must-revalidate</c>: an answer to somebody who was named may be everybody's (RFC 9111, section 3.5).</summary>
    public bool Public { get; init; }

    /// <summary><c>must-revalidate</c> or <c>proxy-revalidate</c>: never to be shown stale.</summary>
    public bool MustRevalidate { get; init; }

    /// <summary>The lifetime for everybody; negative when it is there and makes no sense.</summary>
    public long? MaxAge { get; init; }

    /// <summary>The lifetime for shared caches; negative when it is there and makes no sense.</summary>
    public long? SharedMaxAge { get; init; }

    public long? StaleWhileRevalidate { get; init; }

    public long? StaleIfError { get; init; }

    /// <summary>Reads <c>Cache-Control</c> (RFC 9111, section 5.2).</summary>
    public static CacheDirectives Parse(string value)
    {
        var directives = new CacheDirectives();
        var at = 0;
        while (at < value.Length)
        {
            var end = EndOfDirective(value, at);
            var text = value.AsSpan(at, end - at);
            var equals = text.IndexOf('=');
            var argument = equals < 0 ? default : text[(equals + 1)..].Trim().Trim('"');
            directives = directives.With((equals < 0 ? text : text[..equals]).Trim(), argument);
            at = end + 1;
        }

        return directives;
    }

    /// <summary>Reads <c>Stitcher-Cache-Control</c> (RFC 9213, section 2.1).</summary>
    /// <returns>Null when it is empty or no structured field: then it counts as not there.</returns>
    public static CacheDirectives? ParseTargeted(string value)
    {
        if (StructuredDictionary.Parse(value) is not { Count: > 0 } members)
        {
            return null;
        }

        var directives = new CacheDirectives();
        foreach (var (name, member) in members)
        {
            // A directive that is switched off, or has a value of another kind, says nothing.
            directives = member switch
            {
                true => directives.With(name, default),
                long seconds => directives.With(name, seconds.ToString(CultureInfo.InvariantCulture)),
                _ => directives,
            };
        }

        return directives;
    }

    /// <summary>Takes from <c>Surrogate-Control</c> what this gateway understands of it: <c>max-age</c> (its first number) and <c>no-store</c>.</summary>
    public CacheDirectives UnderSurrogateControl(string value)
    {
        var directives = this;
        foreach (var part in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Equals("no-store", StringComparison.OrdinalIgnoreCase))
            {
                directives = directives with { NoStore = true };
            }
            else if (part.StartsWith("max-age=", StringComparison.OrdinalIgnoreCase))
            {
                directives = directives with { MaxAge = Seconds(part.AsSpan("max-age=".Length).TrimEnd(), untilPlus: true), SharedMaxAge = null };
            }
        }

        return directives;
    }

    private CacheDirectives With(ReadOnlySpan<char> name, ReadOnlySpan<char> argument) => name switch
    {
        _ when Is(name, "no-store") => this with { NoStore = true },

        // With names of fields both mean a part of the answer; as a whole they are the safer reading (RFC 9111, sections 5.2.2.4 and 5.2.2.7).
        _ when Is(name, "no-cache") => this with { NoCache = true },
        _ when Is(name, "private") => this with { Private = true },
        _ when Is(name, "public") => this with { Public = true },
        _ when Is(name, "must-revalidate") => this with { MustRevalidate = true, Public = true },
        _ when Is(name, "proxy-revalidate") => this with { MustRevalidate = true },
        _ when Is(name, "max-age") => this with { MaxAge = Same(MaxAge, Seconds(argument)) },
        _ when Is(name, "s-maxage") => this with { SharedMaxAge = Same(SharedMaxAge, Seconds(argument)) },
        _ when Is(name, "stale-while-revalidate") => this with { StaleWhileRevalidate = Math.Max(0, Same(StaleWhileRevalidate, Seconds(argument))) },
        _ when Is(name, "stale-if-error") => this with { StaleIfError = Math.Max(0, Same(StaleIfError, Seconds(argument))) },
        _ => this,
    };

    private static bool Is(ReadOnlySpan<char> name, string directive) => name.Equals(directive, StringComparison.OrdinalIgnoreCase);

    // Two that differ contradict each other: the answer counts as stale (RFC 9111, section 4.2.1).
    private static long Same(long? before, long now) => before is { } other && other != now ? -1 : now;

    /// <summary>A number of seconds as RFC 9111, section 1.2.2, has it: what is too large is as large as can be; negative for what is none.</summary>
    public static long Seconds(ReadOnlySpan<char> value, bool untilPlus = false)
    {
        if (untilPlus && value.IndexOf('+') is var plus and >= 0)
        {
            value = value[..plus];
        }

        if (value.IsEmpty || value.ContainsAnyExceptInRange('0', '9'))
        {
            return -1;
        }

        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? Math.Min(seconds, int.MaxValue) : int.MaxValue;
    }

    private static int EndOfDirective(string value, int at)
    {
        var quoted = false;
        for (; at < value.Length && (quoted || value[at] != ','); at++)
        {
            if (quoted && value[at] == '\\')
            {
                at++;
            }
            else if (value[at] == '"')
            {
                quoted = !quoted;
            }
        }

        return Math.Min(at, value.Length);
    }
}
