using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How fragments are remembered in the gateway's memory. Taken when the host starts.</summary>
public sealed class CacheOptions
{
    /// <summary>The most bytes that remembered fragments may take, their keys and what is kept about them included.</summary>
    /// <value>
    /// Bytes, 0 (nothing is remembered) to 64 GB. Default: 268,435,456 (256 MB). A single fragment may take a 256th of it; in caches below
    /// 256 MB an eighth, at most 1 MB.
    /// </value>
    [Range(typeof(long), "0", "68719476736")]
    public long Bytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>The most fragments that are remembered, whatever their size.</summary>
    /// <value>1 to 10,000,000. Default: 100,000: a walk over all of them, as a purge does, takes some milliseconds.</value>
    [Range(1, 10_000_000)]
    public int Entries { get; set; } = 100_000;

    /// <summary>The longest time a fragment counts as fresh, whatever its service says.</summary>
    /// <value>0 to 365 days. Default: 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan LongestFreshness { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The time after its freshness for which a fragment is still shown at once, while a newer one is fetched in the background, when its
    /// service does not say (<c>stale-while-revalidate</c>, RFC 5861).
    /// </summary>
    /// <value>0 to 24 hours. Default: 10 seconds, as Varnish's grace.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StaleWhileRevalidate { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time after its freshness for which a fragment is shown in place of a failure of its service, when that does not say
    /// (<c>stale-if-error</c>, RFC 5861).
    /// </summary>
    /// <value>0 to 24 hours. Default: 1 minute: most restarts are over by then.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StaleIfError { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The time for which a fragment that failed is not asked for again, one half more or less by chance; five times as long for an answer
    /// that cannot be shown. What fails costs its service one question in that time, not one for every page.
    /// </summary>
    /// <value>0 (it is asked for every time) to 1 minute. Default: 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan FailureMemory { get; set; } = TimeSpan.FromSeconds(1);
}
