namespace OrderService.Checkouts;

/// <summary>Lets the checkouts of one cart pass one after another, so that of twenty clicks on one button one orders and nineteen find it done.</summary>
internal sealed class CheckoutTurns
{
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Waits for its turn.</summary>
    /// <param name="cart">The cart.</param>
    /// <param name="ct">Ends the waiting.</param>
    /// <returns>Ends the turn when it is disposed of.</returns>
    public async Task<IDisposable> EnterAsync(string cart, CancellationToken ct)
    {
        Queue queue;
        lock (_lock)
        {
            if (!_queues.TryGetValue(cart, out queue!))
            {
                _queues[cart] = queue = new Queue();
            }

            queue.Users++;
        }

        try
        {
            await queue.Gate.WaitAsync(ct);
            return new Turn(this, cart, queue);
        }
        catch
        {
            Leave(cart, queue);
            throw;
        }
    }

    private void Leave(string cart, Queue queue)
    {
        lock (_lock)
        {
            if (--queue.Users == 0)
            {
                _queues.Remove(cart);
                queue.Gate.Dispose();
            }
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Users { get; set; }
    }

    private sealed class Turn(CheckoutTurns turns, string cart, Queue queue) : IDisposable
    {
        public void Dispose()
        {
            queue.Gate.Release();
            turns.Leave(cart, queue);
        }
    }
}
