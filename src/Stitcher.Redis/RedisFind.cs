namespace Stitcher.Redis;

/// <summary>What lay in one place of Redis.</summary>
/// <param name="Number">The number of the last purge, at the same moment.</param>
/// <param name="IsUnfit">Something that no gateway put there, or too large.</param>
/// <param name="Envelope">The bytes; null for none.</param>
/// <param name="Left">The time Redis would keep them; negative for ever.</param>
internal readonly record struct RedisFind(long Number, bool IsUnfit, byte[]? Envelope, TimeSpan Left);
