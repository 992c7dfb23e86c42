namespace Stitcher.Chaos.Load;

/// <summary>What came back for a page.</summary>
/// <param name="Kind">The kind that was asked for.</param>
/// <param name="Id">What it is about.</param>
/// <param name="Status">The status.</param>
/// <param name="CacheControl">The header of that name.</param>
/// <param name="RetryAfter">The header of that name.</param>
/// <param name="Body">The whole body.</param>
internal sealed record PageAnswer(string Kind, string Id, int Status, string CacheControl, string RetryAfter, byte[] Body);
