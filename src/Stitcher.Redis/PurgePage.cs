namespace Stitcher.Redis;

/// <summary>Some purges of the shared log.</summary>
/// <param name="Number">The number of the last purge there is.</param>
/// <param name="Life">Names the server's process; empty when it does not tell.</param>
/// <param name="Records">Sealed records with their numbers, ascending.</param>
internal sealed record PurgePage(long Number, string Life, (long Number, byte[] Record)[] Records)
{
    /// <summary>How many are read at a time: few enough to come within the time of an operation.</summary>
    public const int Most = 500;

    public bool IsLast => Records.Length < Most;
}
