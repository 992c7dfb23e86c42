using Microsoft.Extensions.Logging;
using Stitcher.Caching;

namespace Stitcher.Redis;

/// <summary>
/// Takes in the purges of other gateways from the log in Redis. When the log does not go on where it was left, or another server holds it,
/// some may have been missed: then everything that is remembered here counts as stale.
/// </summary>
internal sealed class PurgeReader(
    RedisCalls calls, SharedPurges purges, Seal seal, Func<FragmentPurge> local, RedisMetrics metrics, ILogger<PurgeReader> logger)
{
    // More than that at once, and it is cheaper to forget everything than to walk over all fragments for each.
    private const int MostApplied = 256;

    private string? _life;

    // Kept until it is done: a reading may end in its middle.
    private bool _mustDoubt;

    /// <summary>Tells this gateway from the others.</summary>
    public Guid Node { get; } = Guid.NewGuid();

    /// <summary>Reads what came since the last time, and purges here what other gateways purged.</summary>
    /// <param name="wasInStep">Nothing was lost since the last time, as far as the connection tells.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ReadAsync(bool wasInStep, CancellationToken cancellationToken)
    {
        var before = purges.Seen;
        var page = await calls.ReadAsync(before, cancellationToken);
        var isWhole = before != 0 && (page.Number == before || (page.Number > before && page.Records.FirstOrDefault().Number == before + 1));
        _mustDoubt |= !isWhole || (page.Life.Length > 0 && page.Life != _life) || (page.Life.Length == 0 && !wasInStep);
        if (!isWhole)
        {
            purges.Reset(0);
            page = await calls.ReadAsync(0, cancellationToken);
        }

        while (true)
        {
            var foreign = new List<PurgeRecord>();
            _mustDoubt |= !Take(page, before, foreign) && isWhole;

            // At once: the next reading begins after these.
            Apply(foreign);
            if (page.IsLast)
            {
                break;
            }

            page = await calls.ReadAsync(purges.Seen, cancellationToken);
        }

        if (purges.Seen != page.Number)
        {
            // The log ends before its number: its end was lost.
            _mustDoubt |= isWhole;
            purges.Reset(page.Number);
        }

        _life = page.Life;
        if (_mustDoubt)
        {
            Doubt(isFirst: before == 0);
        }
    }

    private bool Take(PurgePage page, long before, List<PurgeRecord> foreign)
    {
        var isWhole = true;
        foreach (var (number, bytes) in page.Records)
        {
            var record = PurgeRecord.Read(bytes, seal);
            if (record is null)
            {
                metrics.Purged("refused");
                logger.PurgeRefused();
            }

            isWhole &= purges.Add(number, record?.Scope);

            // What was purged before this gateway looked for the first time does not mean what it remembers.
            if (record is not null && record.Node != Node && before != 0 && number > before)
            {
                foreign.Add(record);
            }
        }

        return isWhole;
    }

    private void Apply(List<PurgeRecord> foreign)
    {
        if (foreign.Count > MostApplied)
        {
            local().Receive(new PurgeScope(), foreign.TrueForAll(record => record.IsSoft));
        }
        else
        {
            foreach (var record in foreign)
            {
                local().Receive(record.Scope, record.IsSoft);
            }
        }

        foreach (var _ in foreign)
        {
            metrics.Purged("received");
        }
    }

    private void Doubt(bool isFirst)
    {
        var met = local().DoubtAll();
        _mustDoubt = false;
        metrics.Purged("doubted");
        if (!isFirst)
        {
            logger.Doubted(met);
        }
    }
}
