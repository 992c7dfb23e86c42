namespace Stitcher.Caching;

/// <summary>What a shared cache may do with an answer.</summary>
/// <param name="Refusal">A word that says why it must not be kept; null when it may be. The words are a contract with dashboards.</param>
/// <param name="Lifetime">The time from now for which it is fresh; zero for one that is kept to be asked about only.</param>
/// <param name="StaleWhileRevalidate">The time after that for which it may be shown while a newer one is fetched.</param>
/// <param name="StaleIfError">The time after that for which it may be shown while its service fails.</param>
internal readonly record struct CacheVerdict(string? Refusal, TimeSpan Lifetime, TimeSpan StaleWhileRevalidate, TimeSpan StaleIfError)
{
    public bool IsStorable => Refusal is null;

    public static CacheVerdict Refused(string reason) => new(reason, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero);
}
