using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Counts the pages under way and lets no more in than may be: what is refused at the door costs nothing behind it.</summary>
internal sealed class PageAdmission(CatalogState catalog, StitcherMetrics metrics, TimeProvider time, ILogger<PageAdmission> logger)
{
    private static readonly TimeSpan BetweenWarnings = TimeSpan.FromSeconds(10);

    private int _underWay;
    private long _warned;

    /// <returns>Whether the page may begin; then <see cref="Leave"/> must follow, once.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= catalog.Current.Options.Limits.PagesInFlight)
        {
            return true;
        }

        Interlocked.Decrement(ref _underWay);
        metrics.RequestRefused("pages");
        Warn();
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _underWay);

    // A line for each refusal would be the next thing to break.
    private void Warn()
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _warned));
        if ((last == 0 || time.GetElapsedTime(last, now) >= BetweenWarnings) && Interlocked.CompareExchange(ref _warned, now, last) == last)
        {
            logger.PagesRefused(catalog.Current.Options.Limits.PagesInFlight);
        }
    }
}
