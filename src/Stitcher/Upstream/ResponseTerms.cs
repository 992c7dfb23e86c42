using Stitcher.Configuration;

namespace Stitcher.Upstream;

/// <summary>What one service's answers may be, decided ahead of requests.</summary>
internal sealed record ResponseTerms
{
    /// <summary>The most bytes of a body, before and after decompression.</summary>
    public required int BodyBytes { get; init; }

    /// <summary>The most lines of headers.</summary>
    public int Headers { get; init; } = 64;

    /// <summary>The most bytes of headers; the connections hold to it.</summary>
    public int HeaderBytes { get; init; } = 32 * 1024;

    /// <summary>The longest time between two bytes of a body; zero for no limit but the deadline.</summary>
    public TimeSpan BetweenBytes { get; init; }

    /// <summary>The time a connection may take; the connections hold to it.</summary>
    public TimeSpan ConnectTime { get; init; }

    /// <summary>The service is asked for gzip, and may answer with it.</summary>
    public bool Gzip { get; init; }

    /// <summary>How many times its own size a compressed body may hold.</summary>
    public int CompressionRatio { get; init; } = 100;

    /// <summary>A body may end with its connection, without a length and without chunks.</summary>
    public bool EndsWithConnection { get; init; }

    public static ResponseTerms For(ServiceOptions service, LimitOptions limits) => new()
    {
        BodyBytes = limits.FragmentBytes,
        Headers = limits.ResponseHeaders,
        HeaderBytes = limits.ResponseHeaderBytes,
        BetweenBytes = limits.BetweenBytes,
        ConnectTime = limits.ConnectTime,
        Gzip = service.Compression,
        CompressionRatio = limits.CompressionRatio,
        EndsWithConnection = service.EndsWithConnection,
    };
}
