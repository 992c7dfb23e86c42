using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How many requests one client may send. A client is an IPv4 address, or the 64 leading bits of an IPv6 one: what one household or machine gets.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The most requests of one client in any <see cref="Window"/>, on the public listener. More are answered 429 with <c>Retry-After</c>.</summary>
    /// <value>0 (no limit) to 1,000,000. Default: 0. Behind proxies set <c>KnownProxies</c>, too, or all clients count as one.</value>
    [Range(0, 1_000_000)]
    public int Requests { get; set; }

    /// <summary>
    /// The most forms of one client in any <see cref="Window"/>, besides: requests of any method but GET, HEAD, OPTIONS and TRACE, and openings of WebSockets. They
    /// make services work, and whoever guesses passwords sends many. More are answered 429 with <c>Retry-After</c>.
    /// </summary>
    /// <value>0 (no limit) to 1,000,000. Default: 0.</value>
    [Range(0, 1_000_000)]
    public int Forms { get; set; }

    /// <summary>The time in which requests are counted. It slides in quarters.</summary>
    /// <value>1 s to 1 h. Default: 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);
}
