using Microsoft.Extensions.Logging;

namespace Stitcher.Redis;

/// <summary>Every sentence about Redis. Never what the connection is made with, never a key or a value.</summary>
internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Warning, "Redis cannot be reached ({Cause}); pages are made without it, and it is tried again", EventName = "RedisNotConnected")]
    public static partial void NotConnected(this ILogger logger, string cause);

    [LoggerMessage(301, LogLevel.Warning, "The connection to Redis is lost ({Cause}); pages are made without it, and it is made again", EventName = "RedisConnectionLost")]
    public static partial void ConnectionLost(this ILogger logger, string cause);

    [LoggerMessage(302, LogLevel.Warning, "Redis is not asked for a while: {Reason}", EventName = "RedisCircuitOpened")]
    public static partial void CircuitOpened(this ILogger logger, string reason);

    [LoggerMessage(303, LogLevel.Information, "Redis answers in time and is asked again", EventName = "RedisCircuitClosed")]
    public static partial void CircuitClosed(this ILogger logger);

    [LoggerMessage(304, LogLevel.Warning, "The purges of other gateways cannot be read now: {Cause}", EventName = "RedisNotInStep")]
    public static partial void NotInStep(this ILogger logger, string cause);

    [LoggerMessage(305, LogLevel.Warning, "Messages of other gateways cannot be heard ({Cause}); their purges arrive a little later, when the log of purges is read", EventName = "RedisCannotListen")]
    public static partial void CannotListen(this ILogger logger, string cause);

    [LoggerMessage(306, LogLevel.Information, "Purges of other gateways may have been missed: {Fragments} remembered fragments count as stale now", EventName = "RedisDoubted")]
    public static partial void Doubted(this ILogger logger, int fragments);

    [LoggerMessage(307, LogLevel.Warning, "A purge in Redis was not made by a gateway with this gateway's Stitcher:Redis:SigningKey, or is damaged; it does not count", EventName = "RedisPurgeRefused")]
    public static partial void PurgeRefused(this ILogger logger);

    [LoggerMessage(308, LogLevel.Warning, "Redis is away: other gateways hear of a purge when it is back", EventName = "RedisPurgeWaits")]
    public static partial void PurgeWaits(this ILogger logger);

    [LoggerMessage(309, LogLevel.Error, "{Purges} purges could not be told to other gateways before the host ended", EventName = "RedisPurgesLost")]
    public static partial void PurgesLost(this ILogger logger, int purges);
}
