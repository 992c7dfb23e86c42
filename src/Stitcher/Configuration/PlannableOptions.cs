namespace Stitcher.Configuration;

/// <summary>
/// What can still be planned of options with errors, so that the layouts are judged in the same start. Everything that was told already is replaced by
/// something harmless: it must neither be told twice nor throw.
/// </summary>
internal static class PlannableOptions
{
    /// <summary>A copy of the options that the planner can work with. Nothing is ever served from it.</summary>
    public static StitcherOptions Of(StitcherOptions options)
    {
        var plannable = new StitcherOptions();
        plannable.LayoutRoot = PageRules.IsFolder(options.LayoutRoot) ? options.LayoutRoot : plannable.LayoutRoot;
        foreach (var service in options.Services.DistinctBy(service => service.Name))
        {
            plannable.Services.Add(Of(service));
        }

        foreach (var page in options.Pages.Where(page => PageRules.IsInsideLayoutRoot(page.Layout)))
        {
            plannable.Pages.Add(page);
        }

        foreach (var (status, layout) in options.ErrorPages.Where(page => ErrorPageRules.IsStatus(page.Key) && PageRules.IsInsideLayoutRoot(page.Value)))
        {
            plannable.ErrorPages[status] = layout;
        }

        return plannable;
    }

    private static ServiceOptions Of(ServiceOptions service)
    {
        var plannable = new ServiceOptions { Name = service.Name, Cluster = service.Cluster, Trust = service.Trust, Nested = service.Nested, Manifest = service.Manifest };
        foreach (var fragment in service.Fragments.DistinctBy(fragment => fragment.Name))
        {
            var path = ServicePath.Complaint(fragment.Path, places: true) is null ? fragment.Path : "/";
            plannable.Fragments.Add(new FragmentOptions { Name = fragment.Name, Path = path });
        }

        return plannable;
    }
}
