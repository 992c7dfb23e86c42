namespace AnalyticsService.Seed;

/// <summary>Pages to choose from, each with its chance.</summary>
internal sealed class WeightedPages
{
    private readonly VisitedPage[] _pages;
    private readonly double[] _ends;

    public WeightedPages(VisitedPage[] pages)
    {
        _pages = pages;
        _ends = new double[pages.Length];
        double total = pages.Sum(page => page.Weight);
        var end = 0;
        foreach (var (index, page) in pages.Index())
        {
            end += page.Weight;
            _ends[index] = end / total;
        }
    }

    /// <param name="share">From 0 up to, but not including, 1.</param>
    public VisitedPage At(double share)
    {
        var index = Array.BinarySearch(_ends, share);
        return _pages[index < 0 ? ~index : index + 1];
    }
}
