using Stitcher.Chaos.Processes;

namespace Stitcher.Chaos.Scenarios;

/// <summary>
/// A gateway without anything to do. Under load the number of its connections follows the load and the machine; what it holds open when all
/// idle connections are closed does not, so a leak shows there and nowhere else.
/// </summary>
internal static class Rest
{
    /// <summary>Runs that are shorter do not wait for it.</summary>
    public static readonly TimeSpan ShortestRun = TimeSpan.FromMinutes(5);

    // The runner's own connections are closed after a minute without use, the gateway's to services after half of that.
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private const int AlikeInTurn = 4;
    private const int MostLooks = 60;

    /// <summary>Waits until the number stays the same.</summary>
    /// <returns>Open handles; null where the system does not tell.</returns>
    public static async Task<int?> HandlesAsync(RunningGateway gateway, CancellationToken token)
    {
        await Task.Delay(Least, token);
        var (last, alike) = (-1, 0);
        for (var look = 0; look < MostLooks && alike < AlikeInTurn; look++)
        {
            if (!OperatingSystem.IsLinux() || ProcessState.Of(gateway.Id, 0, null) is not { } state)
            {
                return null;
            }

            (last, alike) = (state.Handles, state.Handles == last ? alike + 1 : 1);
            await Task.Delay(Interval, token);
        }

        return last;
    }
}
