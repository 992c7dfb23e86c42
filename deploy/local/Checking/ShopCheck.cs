namespace Stitcher.Local.Checking;

/// <summary>Verifies the open shop: every page, every slot, what the page loads.</summary>
internal sealed class ShopCheck(ShopTopology topology, HttpClient client, TimeProvider time)
{
    /// <summary>
    /// The gateway is ready before it has seen the manifests, and a slot of a machine that has only just started may take longer than its
    /// time: pages that are not whole are asked again until they are, or until this time is over.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks every page.</summary>
    public async Task<IReadOnlyList<CheckRow>> RunAsync(CancellationToken stopping)
    {
        var reader = new ShopReader(client, time);
        var check = new PageCheck(reader, topology.Gateway.Address, new SlotCheck(reader, topology.Services));
        var pages = ShopPages.Read(topology.Gateway.Folder);
        var found = new Dictionary<PageUnderCheck, IReadOnlyList<CheckRow>>();
        var began = time.GetTimestamp();
        do
        {
            if (found.Count > 0)
            {
                await Task.Delay(Pause, time, stopping);
            }

            foreach (var page in pages.Where(page => !found.TryGetValue(page, out var rows) || rows.Any(row => !row.Good)))
            {
                found[page] = await check.RunAsync(page, stopping);
            }
        }
        while (found.Values.Any(rows => rows.Any(row => !row.Good)) && time.GetElapsedTime(began) < Limit);

        return [.. pages.SelectMany(page => found[page])];
    }
}
