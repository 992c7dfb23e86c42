using StackExchange.Redis;
using Stitcher.Caching;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>What gateways share, in Redis. Whatever goes wrong there is a miss.</summary>
internal sealed class RedisSecondLevel(
    RedisOptions options, RedisLink link, RedisCircuit circuit, RedisCalls calls, PurgeExchange exchange, SharedPurges purges, KeepQueue queue, Seal seal, RedisMetrics metrics, TimeProvider time)
    : ISecondLevel
{
    public bool IsPresent => !circuit.IsOpen && exchange.IsInStep && link.IsUp;

    public async ValueTask<SecondLevelFind> FindAsync(string key, FragmentLabels labels, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var generation = purges.Seen;
        var (outcome, answer) = IsPresent ? await LookAsync(key, labels, cancellationToken) : ("behind", null);
        metrics.Found(outcome, time.GetElapsedTime(start));
        return new SecondLevelFind(answer, generation);
    }

    public void Keep(string key, KeptAnswer answer, long generation)
    {
        if (answer.Labels.Partition is null)
        {
            queue.Add(key, answer, generation);
        }
    }

    public ValueTask PurgeAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken) => exchange.TellAsync(scope, soft, cancellationToken);

    private async Task<(string Outcome, KeptAnswer? Answer)> LookAsync(string key, FragmentLabels labels, CancellationToken cancellationToken)
    {
        try
        {
            var place = RedisCalls.PlaceOf(key);
            var found = await calls.FindAsync(place, cancellationToken);
            if (found.Number != purges.Seen)
            {
                exchange.Hurry();
            }

            if (found.IsUnfit || found.Envelope?.Length > options.EntryBytes)
            {
                return ("refused", null);
            }

            if (found.Envelope is null)
            {
                return ("miss", null);
            }

            if (!Envelope.TryRead(place, labels, found.Envelope, found.Left, seal, out var answer, out var generation))
            {
                return ("refused", null);
            }

            var isPurged = purges.Covers(generation, key, answer, out var seen);

            // Purges that this gateway has not read yet may mean it.
            return found.Number > seen ? ("behind", null) : isPurged ? ("purged", null) : ("hit", answer);
        }
        catch (TimeoutException)
        {
            return ("late", null);
        }
        catch (RedisException)
        {
            return ("failed", null);
        }
        catch (OperationCanceledException)
        {
            return ("miss", null);
        }
    }
}
