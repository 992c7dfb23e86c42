using System.Globalization;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Stitcher.Gateway;

/// <summary>
/// What one client may cost before its request is read. Kestrel takes these from code alone, so <c>Kestrel:Limits</c> is read here: its keys are the
/// properties of <see cref="KestrelServerLimits"/>.
/// </summary>
internal static class KestrelLimits
{
    private const string Section = "Kestrel:Limits";

    private const int Kilobyte = 1024;

    // Data that trickles in or out more slowly belongs to somebody who wants the connection, not the page.
    private static readonly MinDataRate SlowestBody = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>Sets the gateway's defaults, then what the configuration says otherwise.</summary>
    public static void Apply(KestrelServerLimits limits, IConfiguration configuration, ICollection<string> errors)
    {
        limits.MaxRequestLineSize = 8 * Kilobyte;
        limits.MaxRequestHeadersTotalSize = 16 * Kilobyte;
        limits.MaxRequestHeaderCount = 64;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        limits.MaxRequestBodySize = Kilobyte * Kilobyte;
        limits.MinRequestBodyDataRate = SlowestBody;
        limits.MinResponseDataRate = SlowestBody;
        limits.MaxConcurrentConnections = 10_000;
        limits.MaxConcurrentUpgradedConnections = 1_000;
        limits.Http2.MaxStreamsPerConnection = 100;
        limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
        limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(20);

        var section = configuration.GetSection(Section);
        try
        {
            section.Bind(limits);
            limits.MinRequestBodyDataRate = Rate(section.GetSection(nameof(limits.MinRequestBodyDataRate)));
            limits.MinResponseDataRate = Rate(section.GetSection(nameof(limits.MinResponseDataRate)));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            errors.Add($"{Section}: {e.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.')}; expected the limits of Kestrel, such as \"RequestHeadersTimeout\": \"00:00:10\".");
        }
    }

    // A rate has no setters, so that binding would pass over it.
    private static MinDataRate Rate(IConfigurationSection section) => new(
        section[nameof(MinDataRate.BytesPerSecond)] is { } bytes ? double.Parse(bytes, CultureInfo.InvariantCulture) : SlowestBody.BytesPerSecond,
        section[nameof(MinDataRate.GracePeriod)] is { } grace ? TimeSpan.Parse(grace, CultureInfo.InvariantCulture) : SlowestBody.GracePeriod);
}
