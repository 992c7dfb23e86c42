namespace Stitcher.Local.Checking;

/// <summary>Verifies the open shop: every page, every slot, what the page loads.</summary>
internal sealed class ShopCheck(ShopTopology topology, HttpClient client, TimeProvider time)
{
    /// <summary>
    /// The gateway is ready before it has seen the manifests, and a slot of a machine that has only just started may take longer than its
    /// time, so pages that are not whole are asked again. Counted in rounds, not in seconds: a slow machine gets the time it needs.
    /// </summary>
    private const int Rounds = 25;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Checks every page.</summary>
    public async Task<IReadOnlyList<CheckRow>> RunAsync(CancellationToken stopping)
    {
        var reader = new ShopReader(client, time);
        var check = new PageCheck(reader, topology.Gateway.Address, new SlotCheck(reader, topology.Services));
        var pages = ShopPages.Read(topology.Gateway.Folder);
        var found = new Dictionary<PageUnderCheck, IReadOnlyList<CheckRow>>();
        for (var round = 0; round < Rounds && pages.Any(page => !IsWhole(page)); round++)
        {
            if (round > 0)
            {
                await Task.Delay(Pause, time, stopping);
            }

            foreach (var page in pages.Where(page => !IsWhole(page)))
            {
                found[page] = await check.RunAsync(page, stopping);
            }
        }

        return [.. pages.SelectMany(page => found[page])];

        bool IsWhole(PageUnderCheck page) => found.TryGetValue(page, out var rows) && rows.All(row => row.Good);
    }
}
