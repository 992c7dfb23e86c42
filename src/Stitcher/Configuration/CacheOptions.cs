using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How fragments are remembered in the gateway's memory.</summary>
public sealed class CacheOptions
{
    /// <summary>The most bytes that remembered fragments may take.</summary>
    /// <value>Bytes, 0 (nothing is remembered) to 64 GB. Default: 268,435,456 (256 MB).</value>
    [Range(typeof(long), "0", "68719476736")]
    public long Bytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>The longest time a fragment counts as fresh, whatever its service says.</summary>
    /// <value>0 to 365 days. Default: 1 hour.</value>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan LongestFreshness { get; set; } = TimeSpan.FromHours(1);
}
