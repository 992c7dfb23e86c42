using Stitcher.Federation;

namespace Stitcher.Upstream;

/// <summary>
/// The headers of an answer that are kept with it: those that say how long it may be shown again, and those that are part of what it
/// shows. Everything else is gone when the answer is here.
/// </summary>
internal sealed record AnswerHeaders
{
    public static readonly AnswerHeaders None = new();

    /// <summary>What the service says to this gateway alone (RFC 9213).</summary>
    public string? StitcherCacheControl { get; init; }

    public string? SurrogateControl { get; init; }

    public string? CacheControl { get; init; }

    public string? Expires { get; init; }

    public string? Date { get; init; }

    public string? Age { get; init; }

    public string? Vary { get; init; }

    public string? ETag { get; init; }

    public string? LastModified { get; init; }

    public string? Link { get; init; }

    /// <summary>The names by which the answer may be purged, separated by blanks.</summary>
    public string? SurrogateKey { get; init; }

    public Validators Validators => new(ETag, LastModified);

    /// <summary>What remembering them costs, in bytes.</summary>
    public long Cost => sizeof(char) * ((StitcherCacheControl?.Length ?? 0L) + (SurrogateControl?.Length ?? 0) + (CacheControl?.Length ?? 0) + (Expires?.Length ?? 0)
        + (Date?.Length ?? 0) + (Age?.Length ?? 0) + (Vary?.Length ?? 0) + (ETag?.Length ?? 0) + (LastModified?.Length ?? 0) + (Link?.Length ?? 0) + (SurrogateKey?.Length ?? 0));

    /// <param name="message">The answer.</param>
    /// <param name="isDoubtful">Set when one of them cannot be believed.</param>
    public static AnswerHeaders Of(HttpResponseMessage message, ref bool isDoubtful)
    {
        var headers = message.Headers.NonValidated;
        var content = message.Content.Headers.NonValidated;
        return new AnswerHeaders
        {
            StitcherCacheControl = UpstreamResponse.Value(headers, FragmentHeaders.CacheControl, ref isDoubtful),
            SurrogateControl = UpstreamResponse.Value(headers, "Surrogate-Control", ref isDoubtful),
            CacheControl = UpstreamResponse.Value(headers, "Cache-Control", ref isDoubtful),
            Age = UpstreamResponse.Value(headers, "Age", ref isDoubtful),
            Date = UpstreamResponse.Value(headers, "Date", ref isDoubtful),
            Vary = UpstreamResponse.Value(headers, "Vary", ref isDoubtful),
            ETag = UpstreamResponse.Value(headers, "ETag", ref isDoubtful),
            Link = UpstreamResponse.Value(headers, "Link", ref isDoubtful),
            SurrogateKey = UpstreamResponse.Value(headers, FragmentHeaders.SurrogateKey, ref isDoubtful),
            Expires = UpstreamResponse.Value(content, "Expires", ref isDoubtful),
            LastModified = UpstreamResponse.Value(content, "Last-Modified", ref isDoubtful),
        };
    }

    /// <summary>
    /// These headers after a "still the same": what that says takes the place of what was said before (RFC 9111, section 3.2). An age is of
    /// one journey only.
    /// </summary>
    public AnswerHeaders UpdatedBy(AnswerHeaders newer) => new()
    {
        StitcherCacheControl = newer.StitcherCacheControl ?? StitcherCacheControl,
        SurrogateControl = newer.SurrogateControl ?? SurrogateControl,
        CacheControl = newer.CacheControl ?? CacheControl,
        Expires = newer.Expires ?? Expires,
        Date = newer.Date ?? Date,
        Age = newer.Age,
        Vary = newer.Vary ?? Vary,
        ETag = newer.ETag ?? ETag,
        LastModified = newer.LastModified ?? LastModified,
        Link = newer.Link ?? Link,
        SurrogateKey = newer.SurrogateKey ?? SurrogateKey,
    };
}
