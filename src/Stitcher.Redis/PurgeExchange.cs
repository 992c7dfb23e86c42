using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using Stitcher.Caching;
using Stitcher.Configuration;

namespace Stitcher.Redis;

/// <summary>
/// Tells other gateways of this one's purges and takes in theirs. The log in Redis is what counts; a message only says that there is
/// something to read, and one that is lost costs the time until the log is read anyway.
/// </summary>
internal sealed class PurgeExchange(
    RedisOptions options, RedisLink link, RedisCircuit circuit, RedisCalls calls, SharedPurges purges, Seal seal, Func<FragmentPurge> local, RedisMetrics metrics, TimeProvider time, ILogger<PurgeExchange> logger)
    : IDisposable
{
    // More than that at once, and it is cheaper to forget everything than to walk over all fragments for each.
    private const int MostApplied = 256;

    // What could not be told for so long is told as one: everything.
    private const int MostUntold = 10_000;

    // The time until it is tried again while other gateways are not heard of.
    private static readonly TimeSpan OutOfStep = TimeSpan.FromSeconds(1);

    private readonly Guid _node = Guid.NewGuid();
    private readonly ConcurrentQueue<PurgeRecord> _untold = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly SemaphoreSlim _hurry = new(0, 1);
    private string? _life;
    private volatile bool _isInStep;
    private int _changes;

    /// <summary>Nothing is known that other gateways, or Redis, do not know yet, as far as this one can tell.</summary>
    public bool IsInStep => _isInStep && _untold.IsEmpty;

    /// <summary>Reads the log now instead of later.</summary>
    public void Hurry()
    {
        try
        {
            _hurry.Release();
        }
        catch (SemaphoreFullException)
        {
            // It hurries already.
        }
    }

    /// <summary>Tells all gateways of a purge. When Redis cannot be told now, it is when it can be, and is not asked before.</summary>
    public async ValueTask TellAsync(PurgeScope scope, bool soft, CancellationToken cancellationToken)
    {
        if (_untold.Count >= MostUntold)
        {
            _untold.Clear();
            (scope, soft) = (new PurgeScope(), false);
        }

        _untold.Enqueue(new PurgeRecord(_node, Guid.NewGuid(), scope, soft));
        if (!link.IsUp || circuit.IsOpen)
        {
            metrics.Purged("waiting");
            logger.PurgeWaits();
            return;
        }

        try
        {
            await SynchroniseAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits any more; it is told all the same.
            Hurry();
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        link.Changed += OnLinkChanged;
        circuit.Opened += Hurry;
        try
        {
            var isListening = false;
            while (true)
            {
                if (circuit.Remaining is var pause && pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, time, stopping);
                }

                isListening = isListening || await ListenAsync();
                await SynchroniseAsync(stopping);
                if (!circuit.IsOpen || !link.IsUp)
                {
                    await WaitAsync(stopping);
                }
            }
        }
        finally
        {
            link.Changed -= OnLinkChanged;
            circuit.Opened -= Hurry;
            if (!_untold.IsEmpty)
            {
                logger.PurgesLost(_untold.Count);
            }
        }
    }

    public void Dispose()
    {
        _one.Dispose();
        _hurry.Dispose();
    }

    private void OnLinkChanged()
    {
        Interlocked.Increment(ref _changes);
        _isInStep = false;
        Hurry();
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var due = new CancellationTokenSource(IsInStep || options.PurgeCheck < OutOfStep ? options.PurgeCheck : OutOfStep, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stopping);
        try
        {
            await _hurry.WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // It is time.
        }
    }

    private async Task<bool> ListenAsync()
    {
        try
        {
            await link.ListenAsync(calls.Channel, Hear);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            logger.CannotListen(Cause(exception));
            return false;
        }
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        if (PurgeRecord.Read(message.Span, seal) is not { } record)
        {
            metrics.Purged("refused");
        }
        else if (record.Node != _node)
        {
            Hurry();
        }
    }

    private async Task SynchroniseAsync(CancellationToken cancellationToken)
    {
        if (!link.IsUp)
        {
            return;
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            var changes = Volatile.Read(ref _changes);
            await TellUntoldAsync(cancellationToken);
            await ReadAsync(cancellationToken);
            _isInStep = changes == Volatile.Read(ref _changes);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            _isInStep = false;
            logger.NotInStep(Cause(exception));
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task TellUntoldAsync(CancellationToken cancellationToken)
    {
        while (_untold.TryPeek(out var record))
        {
            await calls.PurgeAsync(record.Write(seal), cancellationToken);
            metrics.Purged("sent");

            // Another one may stand there now, when too many were made one: that has still to be told.
            if (_untold.TryPeek(out var first) && ReferenceEquals(first, record))
            {
                _untold.TryDequeue(out _);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var before = purges.Seen;
        var page = await calls.ReadAsync(before, cancellationToken);
        var isWhole = before != 0 && (page.Number == before || (page.Number > before && page.Records.FirstOrDefault().Number == before + 1));
        var mustDoubt = !isWhole || (page.Life.Length > 0 && page.Life != _life) || (page.Life.Length == 0 && !_isInStep);
        if (!isWhole)
        {
            purges.Reset(0);
            page = await calls.ReadAsync(0, cancellationToken);
        }

        var foreign = new List<PurgeRecord>();
        while (true)
        {
            mustDoubt |= !Take(page, before, foreign) && isWhole;
            if (page.IsLast)
            {
                break;
            }

            page = await calls.ReadAsync(purges.Seen, cancellationToken);
        }

        if (purges.Seen != page.Number)
        {
            // The log ends before its number: its end was lost.
            mustDoubt |= isWhole;
            purges.Reset(page.Number);
        }

        Apply(foreign, mustDoubt, isFirst: before == 0);
        _life = page.Life;
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
            if (record is not null && record.Node != _node && before != 0 && number > before)
            {
                foreign.Add(record);
            }
        }

        return isWhole;
    }

    private void Apply(List<PurgeRecord> foreign, bool mustDoubt, bool isFirst)
    {
        var purge = local();
        if (foreign.Count > MostApplied)
        {
            purge.Receive(new PurgeScope(), foreign.TrueForAll(record => record.IsSoft));
        }
        else
        {
            foreach (var record in foreign)
            {
                purge.Receive(record.Scope, record.IsSoft);
            }
        }

        foreach (var _ in foreign)
        {
            metrics.Purged("received");
        }

        if (mustDoubt)
        {
            var met = purge.DoubtAll();
            metrics.Purged("doubted");
            if (!isFirst)
            {
                logger.Doubted(met);
            }
        }
    }

    // A server's own sentence says what to do; the library's may name addresses, and says no more than its kind.
    private static string Cause(Exception exception) => exception switch
    {
        RedisServerException server => server.Message,
        { InnerException: not null } and not RedisConnectionException => exception.Message,
        RedisConnectionException connection => connection.FailureType.ToString(),
        _ => exception.GetType().Name,
    };
}
