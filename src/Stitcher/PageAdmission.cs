using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Counts the pages under way and lets no more in than may be: what is refused at the door costs nothing behind it.</summary>
internal sealed class PageAdmission(CatalogState catalog, StitcherMetrics metrics, TimeProvider time, ILogger<PageAdmission> logger)
{
    private readonly Seldom _warning = new(time);

    private int _underWay;

    /// <returns>Whether the page may begin; then <see cref="Leave"/> must follow, once.</returns>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _underWay) <= catalog.Current.Options.Limits.PagesInFlight)
        {
            return true;
        }

        Interlocked.Decrement(ref _underWay);
        metrics.RequestRefused("pages");
        if (_warning.MaySay(out _))
        {
            logger.PagesRefused(catalog.Current.Options.Limits.PagesInFlight);
        }

        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _underWay);
}
