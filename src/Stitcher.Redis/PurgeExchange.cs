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
    RedisOptions options, RedisLink link, RedisCircuit circuit, RedisCalls calls, PurgeReader reader, Seal seal, RedisMetrics metrics, TimeProvider time, ILogger<PurgeExchange> logger)
    : IDisposable
{
    // What could not be told for so long is told as one: everything.
    private const int MostUntold = 10_000;

    // The time until it is tried again while other gateways are not heard of.
    private static readonly TimeSpan OutOfStep = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<PurgeRecord> _untold = new();
    private readonly SemaphoreSlim _one = new(1);
    private readonly SemaphoreSlim _hurry = new(0, 1);
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

        _untold.Enqueue(new PurgeRecord(reader.Node, Guid.NewGuid(), scope, soft));
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
        else if (record.Node != reader.Node)
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
            await reader.ReadAsync(_isInStep, cancellationToken);
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

    // A server's own sentence says what to do; the library's may name addresses, and says no more than its kind.
    private static string Cause(Exception exception) => exception switch
    {
        RedisServerException server => server.Message,
        { InnerException: not null } and not RedisConnectionException => exception.Message,
        RedisConnectionException connection => connection.FailureType.ToString(),
        _ => exception.GetType().Name,
    };
}
