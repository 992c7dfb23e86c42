using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How several gateways share remembered fragments and purges. Taken when the host starts, by <c>AddStitcherRedis</c>.</summary>
public sealed class RedisOptions
{
    /// <summary>Where Redis is, and how to connect to it.</summary>
    /// <value>
    /// <c>env:NAME</c> for an environment variable, <c>file:/absolute/path</c>, or the text itself when there is no password in it: addresses and
    /// options as StackExchange.Redis takes them, such as <c>redis:6379,ssl=true</c>. Default: none, nothing is shared. Never logged.
    /// </value>
    public string? Configuration { get; set; }

    /// <summary>Begins every name in Redis: gateways with the same one share, others do not meet.</summary>
    /// <value>1 to 64 letters, digits, <c>.</c>, <c>_</c>, <c>:</c> and <c>-</c>. Default: <c>stitcher</c>.</value>
    [RegularExpression("[A-Za-z0-9._:-]{1,64}")]
    public string Prefix { get; set; } = "stitcher";

    /// <summary>Where the key is found with which everything in Redis is signed: what others put there, or changed, is not taken.</summary>
    /// <value>
    /// <c>env:NAME</c> or <c>file:/absolute/path</c>, which leads to at least 32 bytes in base64, the same for all gateways. Default: none, what is
    /// damaged is noticed and what is forged is not.
    /// </value>
    public string? SigningKey { get; set; }

    /// <summary>The longest time that anything waits for Redis. An answer that is later counts as none, and Redis is left alone for a while.</summary>
    /// <value>1 ms to 1 s. Default: 50 ms: many times what a healthy one needs, and little beside what a service does.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan OperationTimeout { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The most bytes of one entry, in both directions. Larger ones stay in the gateway that has them.</summary>
    /// <value>1 KB to 16 MB. Default: 524,288 (512 KB), as much as a fragment may have by default.</value>
    [Range(1024, 16 * 1024 * 1024)]
    public int EntryBytes { get; set; } = 512 * 1024;

    /// <summary>The time after which the log of purges is read even though no message said so: what a lost message costs.</summary>
    /// <value>100 ms to 1 minute. Default: 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan PurgeCheck { get; set; } = TimeSpan.FromSeconds(5);
}
