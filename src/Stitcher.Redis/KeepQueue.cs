using System.Threading.Channels;
using StackExchange.Redis;
using Stitcher.Caching;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>What is on its way into Redis, written one after the other in the background. What would be too much is dropped: it is a cache.</summary>
internal sealed class KeepQueue(RedisOptions options, RedisCalls calls, RedisCircuit circuit, SharedPurges purges, Seal seal, RedisMetrics metrics)
{
    private const int MostEntries = 1024;
    private const long MostBytes = 32 * 1024 * 1024;

    // Each time another purge came in between; more of them than that, and the next answer is as good.
    private const int MostAttempts = 3;

    private readonly Channel<Item> _items = Channel.CreateBounded<Item>(new BoundedChannelOptions(MostEntries) { SingleReader = true });
    private long _bytes;

    public void Add(string key, KeptAnswer answer, long generation)
    {
        var item = new Item(key, answer, generation);
        if (answer.Body.Length > options.EntryBytes)
        {
            metrics.Kept("too-large");
        }
        else if (Interlocked.Add(ref _bytes, item.Bytes) > MostBytes || !_items.Writer.TryWrite(item))
        {
            Interlocked.Add(ref _bytes, -item.Bytes);
            metrics.Kept("dropped");
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var item in _items.Reader.ReadAllAsync(stopping))
        {
            metrics.Kept(circuit.IsOpen ? "dropped" : await KeepAsync(item, stopping));
            Interlocked.Add(ref _bytes, -item.Bytes);
        }
    }

    private async Task<string> KeepAsync(Item item, CancellationToken stopping)
    {
        var place = RedisCalls.PlaceOf(item.Key);
        try
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (purges.Covers(item.Generation, item.Key, item.Answer, out var seen) || item.Generation > seen)
                {
                    return "purged";
                }

                if (Envelope.Write(place, item.Answer, seen, seal) is not { } envelope)
                {
                    return "unfit";
                }

                if (envelope.Length > options.EntryBytes)
                {
                    return "too-large";
                }

                if (await calls.KeepAsync(place, seen, envelope, item.Answer.KeepFor, stopping) == seen)
                {
                    return "kept";
                }
            }

            return "purged";
        }
        catch (TimeoutException)
        {
            return "late";
        }
        catch (RedisException)
        {
            return "failed";
        }
    }

    private readonly record struct Item(string Key, KeptAnswer Answer, long Generation)
    {
        public long Bytes => Answer.Body.Length + Answer.Headers.Cost + (sizeof(char) * Key.Length);
    }
}
