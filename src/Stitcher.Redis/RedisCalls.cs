using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>
/// The things that are asked of Redis, each within its time. All keys carry one hash tag, so that a cluster keeps them in one place:
/// a script may use no others.
/// </summary>
internal sealed class RedisCalls(RedisOptions options, RedisLink link, RedisCircuit circuit, TimeProvider time)
{
    // Part of every name in Redis: gateways that write another form do not meet.
    private const int Schema = 1;

    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(2);

    private readonly string _root = $"{{{options.Prefix}}}:{Schema}:";

    public string Channel => _root + "purged";

    private RedisKey Number => _root + "number";

    private RedisKey Log => _root + "purges";

    /// <summary>The place of a cache key: its hash, for keys are of any length and name what was asked for.</summary>
    public static byte[] PlaceOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Asks once without a page that waits: the first time costs both sides many times what it does later.</summary>
    public async Task WarmUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (script, arguments) in new (string, RedisValue[])[] { (RedisScripts.Read, [0, 1]), (RedisScripts.Find, [0]), (RedisScripts.HasSessionEnded, []) })
            {
                await link.Database.ScriptEvaluateAsync(script, [Number, Log, Entry([])], arguments).WaitAsync(WarmUpTime, time, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is TimeoutException or RedisException)
        {
            // Told when it is asked in earnest.
        }
    }

    public async Task<RedisFind> FindAsync(byte[] place, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(RedisScripts.Find, [Number, Log, Entry(place)], [options.EntryBytes], cancellationToken);
        return Understand(answer, static answer =>
        {
            var found = (RedisResult[]?)answer ?? throw new InvalidCastException();
            return new RedisFind((long)found[0], (int)found[1] == 2, (byte[]?)found[2], TimeSpan.FromMilliseconds((long)found[3]));
        });
    }

    /// <returns>The number of the last purge; it went in when that is the expected one.</returns>
    public async Task<long> KeepAsync(byte[] place, long expected, byte[] envelope, TimeSpan keepFor, CancellationToken cancellationToken) =>
        Understand(
            await AskAsync(RedisScripts.Keep, [Number, Log, Entry(place)], [expected, envelope, (long)keepFor.TotalMilliseconds], cancellationToken),
            static answer => (long)answer);

    public Task PurgeAsync(byte[] record, CancellationToken cancellationToken) =>
        AskAsync(RedisScripts.Purge, [Number, Log], [record, RedisScripts.MostPurges, Channel], cancellationToken, isTrial: true);

    /// <summary>The purges after a number, a part of them at a time.</summary>
    public async Task<PurgePage> ReadAsync(long after, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(RedisScripts.Read, [Number, Log], [after, PurgePage.Most], cancellationToken, isTrial: true);
        return Understand(answer, static answer =>
        {
            var read = (RedisResult[]?)answer ?? throw new InvalidCastException();
            var records = (RedisResult[]?)read[2] ?? [];
            return new PurgePage((long)read[0], (string?)read[1] ?? "", [.. records.Chunk(2).Select(pair => ((long)(double)pair[1], (byte[])pair[0]!))]);
        });
    }

    /// <summary>Remembers that a session has ended.</summary>
    public async Task<bool> EndSessionAsync(byte[] place, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        await AskAsync(RedisScripts.EndSession, [EndedSession(place)], [(long)keepFor.TotalMilliseconds], cancellationToken);
        return true;
    }

    public async Task<bool> HasSessionEndedAsync(byte[] place, CancellationToken cancellationToken) =>
        Understand(await AskAsync(RedisScripts.HasSessionEnded, [EndedSession(place)], [], cancellationToken), static answer => (long)answer == 1);

    private RedisKey EndedSession(byte[] place) => _root + "s:" + Convert.ToHexStringLower(place);

    private RedisKey Entry(byte[] place) => _root + "f:" + Convert.ToHexStringLower(place);

    // Whoever can write to Redis can make it answer in another shape; that is a failure like any other.
    private static T Understand<T>(RedisResult answer, Func<RedisResult, T> read)
    {
        try
        {
            return read(answer);
        }
        catch (Exception exception) when (exception is InvalidCastException or FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new RedisException("what lies in Redis is not what gateways put there", exception);
        }
    }

    private async Task<RedisResult> AskAsync(string script, RedisKey[] keys, RedisValue[] arguments, CancellationToken cancellationToken, bool isTrial = false)
    {
        try
        {
            var answer = link.Database.ScriptEvaluateAsync(script, keys, arguments);
            var result = await answer.WaitAsync(options.OperationTimeout, time, cancellationToken);
            circuit.Succeeded(isTrial);
            return result;
        }
        catch (Exception exception) when (exception is TimeoutException or RedisException)
        {
            circuit.Failed(wasLate: exception is TimeoutException);
            throw;
        }
    }
}
