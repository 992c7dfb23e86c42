using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>Bounds on what one page or fragment may cost.</summary>
public sealed class LimitOptions
{
    /// <summary>The largest number of slots on a page, those inside fragments included.</summary>
    /// <value>1 to 1,024. Default: 32.</value>
    [Range(1, 1_024)]
    public int SlotsPerPage { get; set; } = 32;

    /// <summary>How deep fragments may stand in fragments. A slot of the layout has depth 1.</summary>
    /// <value>1 to 16. Default: 3.</value>
    [Range(1, 16)]
    public int NestedDepth { get; set; } = 3;

    /// <summary>The most pages that may be under way at once, from a page's request to its last byte. Further ones are answered 503 with <c>Retry-After</c> and cost nothing else.</summary>
    /// <value>1 to 1,000,000. Default: 1,000.</value>
    [Range(1, 1_000_000)]
    public int PagesInFlight { get; set; } = 1_000;

    /// <summary>
    /// How long a client may take nothing of a page that waits to be sent. Then its connection is reset, and what the page held is free. Whoever takes anything, however
    /// slowly, is left to the server's own least rate. Of the connection, so on Linux only, and of HTTP/2 only what no stream of the connection takes.
    /// </summary>
    /// <value>0 to 10 minutes; 0 is no limit. Default: 10 s, longer than a good connection is ever interrupted.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan WriteStall { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body of one fragment.</summary>
    /// <value>Bytes, 1 KB to 16 MB. Default: 524,288 (512 KB).</value>
    [Range(1_024, 16 * 1024 * 1024)]
    public int FragmentBytes { get; set; } = 512 * 1024;

    /// <summary>The largest number of headers in a service's answer to the gateway.</summary>
    /// <value>1 to 1,000. Default: 64. What has more is a failure of the service.</value>
    [Range(1, 1_000)]
    public int ResponseHeaders { get; set; } = 64;

    /// <summary>The most that the headers of a service's answer may take. Answers on plain routes of the reverse proxy are held to it, too.</summary>
    /// <value>Bytes, 1 KB to 1 MB, rounded up to whole kilobytes. Default: 32,768 (32 KB). Taken at start.</value>
    [Range(1_024, 1024 * 1024)]
    public int ResponseHeaderBytes { get; set; } = 32 * 1024;

    /// <summary>How many times its own size a compressed body may hold.</summary>
    /// <value>1 to 1,100; deflate itself ends at 1,032. Default: 100, far above what HTML comes to.</value>
    [Range(1, 1_100)]
    public int CompressionRatio { get; set; } = 100;

    /// <summary>The longest time between two bytes of a fragment's body. The wait for the first one is bounded by the slot's time alone.</summary>
    /// <value>0 to 1 minute; 0 is no limit. Default: 250 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan BetweenBytes { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest time that a connection to a service may take, the handshake of TLS included, for pages and plain routes alike.</summary>
    /// <value>1 ms to 1 minute. Default: 250 ms; services stand near, and a page waits for them. Taken at start.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan ConnectTime { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The age at which a connection to a service is replaced, so that a change of its name's addresses is noticed.</summary>
    /// <value>1 s to 1 day. Default: 2 minutes. Taken at start.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan ConnectionLifetime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection to a service is kept that nobody uses.</summary>
    /// <value>1 s to 1 hour. Default: 30 s. Taken at start.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ConnectionIdle { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest number of elements in one fragment.</summary>
    /// <value>1 to 1,000,000. Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int FragmentElements { get; set; } = 10_000;

    /// <summary>How deep the elements of one fragment may nest.</summary>
    /// <value>8 to 512. Default: 256. The parser's time grows with the square of the depth.</value>
    [Range(8, 512)]
    public int FragmentDepth { get; set; } = 256;

    /// <summary>The longest time that parsing one fragment may take: of a processor, on 64-bit Linux. However long that one keeps it waiting, its slot's time is not exceeded.</summary>
    /// <value>1 ms to 10 s. Default: 50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan ParseTime { get; set; } = TimeSpan.FromMilliseconds(50);
}
