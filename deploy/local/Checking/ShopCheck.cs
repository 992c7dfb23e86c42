namespace Stitcher.Local.Checking;

/// <summary>Verifies the open shop: every page, every slot, what the page loads.</summary>
internal sealed class ShopCheck(ShopTopology topology, HttpClient client, TimeProvider time)
{
    /// <summary>
    /// The gateway is ready before it has seen the manifests, and a slot of a machine that has only just started may take longer than its
    /// time: a page is asked again until it is whole or this time is over.
    /// </summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks every page.</summary>
    public async Task<IReadOnlyList<CheckRow>> RunAsync(CancellationToken stopping)
    {
        var reader = new ShopReader(client, time);
        var page = new PageCheck(reader, topology.Gateway.Address, new SlotCheck(reader, topology.Services));
        var began = time.GetTimestamp();
        var rows = new List<CheckRow>();
        foreach (var expected in ShopPages.Read(topology.Gateway.Folder))
        {
            var found = await page.RunAsync(expected, stopping);
            while (found.Any(row => !row.Good) && time.GetElapsedTime(began) < Limit)
            {
                await Task.Delay(Pause, time, stopping);
                found = await page.RunAsync(expected, stopping);
            }

            rows.AddRange(found);
        }

        return rows;
    }
}
