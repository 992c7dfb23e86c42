namespace Stitcher.Caching;

/// <summary>
/// Lets everybody who wants the same thing at the same time wait for one question, whatever comes of it. The question belongs to nobody's
/// request: it ends with the last of its waiters who went away, unless its result is worth having for those who come later, and at the
/// latest with the host.
/// </summary>
/// <typeparam name="T">What comes of a question; a failure is a value, too.</typeparam>
internal sealed class Coalescer<T>(TimeProvider time) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);
    private readonly HashSet<Flight> _running = [];
    private bool _isOver;

    /// <summary>How many questions are under way.</summary>
    public int Running
    {
        get
        {
            lock (_lock)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>Takes part in the question for a key, and begins it when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="generation">A number that grows when what was asked for before may be out of date.</param>
    /// <param name="mayJoin">Whether a question that was begun under another number still gives the right answer.</param>
    /// <param name="lasts">The result is worth having, even when nobody waits for it any more.</param>
    /// <param name="ask">Asks; the token fires when nobody waits any more.</param>
    /// <returns>The caller's part in it, to be disposed of.</returns>
    public Share Join(string key, long generation, Func<long, bool> mayJoin, bool lasts, Func<CancellationToken, Task<T>> ask)
    {
        Flight? flight;
        lock (_lock)
        {
            if (_flights.TryGetValue(key, out flight) && (flight.Generation == generation || mayJoin(flight.Generation)))
            {
                flight.Waiters++;
                flight.Lasts |= lasts;
                return new Share(this, flight, isFirst: false);
            }

            flight = Begin(key, generation, lasts);
            flight.Waiters = 1;
        }

        _ = RunAsync(flight, ask);
        return new Share(this, flight, isFirst: true);
    }

    /// <summary>Begins a question that nobody else takes part in.</summary>
    /// <param name="ask">Asks; the token fires when the caller went away.</param>
    /// <returns>The caller's part in it, to be disposed of.</returns>
    public Share Alone(Func<CancellationToken, Task<T>> ask)
    {
        Flight flight;
        lock (_lock)
        {
            flight = Run(new Flight { Key = "", Generation = 0, Waiters = 1 });
        }

        _ = RunAsync(flight, ask);
        return new Share(this, flight, isFirst: true);
    }

    /// <summary>Begins the question for a key in the background, unless it is under way already.</summary>
    /// <inheritdoc cref="Join"/>
    public void Start(string key, long generation, Func<long, bool> mayJoin, Func<CancellationToken, Task<T>> ask)
    {
        Flight? flight;
        lock (_lock)
        {
            if (_isOver || (_flights.TryGetValue(key, out flight) && (flight.Generation == generation || mayJoin(flight.Generation))))
            {
                return;
            }

            flight = Begin(key, generation, lasts: true);
        }

        // Nothing of the request that happened to notice, its trace and its identity included, goes along.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(() => RunAsync(flight, ask));
        }
    }

    /// <summary>Ends what is under way, and waits until it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        List<Flight> running;
        lock (_lock)
        {
            _isOver = true;
            running = [.. _running];
        }

        foreach (var flight in running)
        {
            flight.Cancel();
        }

        await Task.WhenAll(running.Select(flight => flight.Ended.Task));
    }

    private Flight Begin(string key, long generation, bool lasts)
    {
        var flight = Run(new Flight { Key = key, Generation = generation, Lasts = lasts });
        _flights[key] = flight;
        return flight;
    }

    private Flight Run(Flight flight)
    {
        _running.Add(flight);
        if (_isOver)
        {
            flight.Ending.Cancel();
        }

        return flight;
    }

    private async Task RunAsync(Flight flight, Func<CancellationToken, Task<T>> ask)
    {
        try
        {
            var result = await ask(flight.Ending.Token);
            Leave(flight);
            flight.Result.TrySetResult(result);
        }
        catch (Exception exception)
        {
            Leave(flight);
            flight.Result.TrySetException(exception);

            // Those who wait see it; when nobody does, it is no unobserved one.
            _ = flight.Result.Task.Exception;
        }
        finally
        {
            flight.Ending.Dispose();
            flight.Ended.TrySetResult();
        }
    }

    // First out of the table, then the result: who comes now finds it where it was put, or asks anew.
    private void Leave(Flight flight)
    {
        lock (_lock)
        {
            _running.Remove(flight);
            flight.IsOver = true;
            Forget(flight);
        }
    }

    private void Forget(Flight flight)
    {
        if (_flights.TryGetValue(flight.Key, out var current) && current == flight)
        {
            _flights.Remove(flight.Key);
        }
    }

    private void Leave(Flight flight, bool wentAway)
    {
        lock (_lock)
        {
            flight.Waiters--;
            flight.WentAway |= wentAway;
            if (flight.Waiters > 0 || !flight.WentAway || flight.Lasts || flight.IsOver)
            {
                return;
            }

            // Nobody joins what is about to end.
            Forget(flight);
            flight.IsOver = true;
        }

        flight.Cancel();
    }

    /// <summary>One caller's part in a question.</summary>
    public sealed class Share : IDisposable
    {
        private readonly Coalescer<T> _owner;
        private readonly Flight _flight;
        private bool _wentAway;
        private bool _hasLeft;

        internal Share(Coalescer<T> owner, Flight flight, bool isFirst)
        {
            _owner = owner;
            _flight = flight;
            IsFirst = isFirst;
        }

        /// <summary>The question was begun for this caller.</summary>
        public bool IsFirst { get; }

        /// <summary>Waits for the result.</summary>
        /// <param name="patience">The caller's own time, infinite if need be; when it is over, the question goes on without them.</param>
        /// <param name="gone">Fires when the caller does not want it any more.</param>
        /// <returns>The result, or that there is none yet.</returns>
        public async ValueTask<(bool IsHere, T? Result)> WaitAsync(TimeSpan patience, CancellationToken gone)
        {
            try
            {
                return (true, await _flight.Result.Task.WaitAsync(patience < TimeSpan.Zero && patience != Timeout.InfiniteTimeSpan ? TimeSpan.Zero : patience, _owner.Time, gone));
            }
            catch (TimeoutException) when (!_flight.Result.Task.IsFaulted)
            {
                return (false, default);
            }
            catch (OperationCanceledException) when (gone.IsCancellationRequested)
            {
                _wentAway = true;
                return (false, default);
            }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            if (!_hasLeft)
            {
                _hasLeft = true;
                _owner.Leave(_flight, _wentAway);
            }
        }
    }

    private TimeProvider Time => time;

    internal sealed class Flight
    {
        public required string Key { get; init; }

        public required long Generation { get; init; }

        public CancellationTokenSource Ending { get; } = new();

        public TaskCompletionSource<T> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }

        public bool Lasts { get; set; }

        public bool WentAway { get; set; }

        public bool IsOver { get; set; }

        public void Cancel()
        {
            try
            {
                Ending.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself in this moment.
            }
        }
    }
}
