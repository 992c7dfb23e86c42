using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>
/// The fragments of one request, some here already, the others on their way. When it is disposed of, nobody waits for those any more.
/// </summary>
/// <param name="plan">The page.</param>
/// <param name="clientGone">Fires when the browser is gone.</param>
internal sealed class PageFetch(PagePlan plan, CancellationToken clientGone) : IDisposable
{
    private readonly Lock _ending = new();
    private CancellationTokenSource? _over;
    private bool _isOver;

    private readonly FragmentResult?[] _results = new FragmentResult?[plan.Slots.Length];
    private Task<FragmentResult>?[]? _pending;

    private int _slots = plan.Slots.Length;

    public PagePlan Plan => plan;

    /// <summary>What the page's modules are told of shared state.</summary>
    public ReadOnlyMemory<byte> Topics { get; init; }

    /// <summary>
    /// Fires when nobody waits for the page's fragments any more. A page whose status no fragment decides ends early only with its
    /// browser; and a source of its own is made only for a fragment that is really fetched.
    /// </summary>
    public CancellationToken Over
    {
        get
        {
            if (plan.Deciding.IsEmpty || plan.Slots.Length == 1)
            {
                return clientGone;
            }

            lock (_ending)
            {
                return _isOver ? new CancellationToken(canceled: true) : (_over ??= CancellationTokenSource.CreateLinkedTokenSource(clientGone)).Token;
            }
        }
    }

    /// <summary>Counts one more slot, if the page may have it.</summary>
    public bool TryCountSlot() => Interlocked.Increment(ref _slots) <= plan.Nested.SlotsPerPage;

    /// <summary>The result when it is here.</summary>
    public FragmentResult? ResultOf(int slot)
    {
        if (_results[slot] is { } result)
        {
            return result;
        }

        return _pending?[slot] is { IsCompletedSuccessfully: true } done ? _results[slot] = done.Result : null;
    }

    public bool AllReady
    {
        get
        {
            for (var i = 0; i < _results.Length; i++)
            {
                if (ResultOf(i) is null)
                {
                    return false;
                }
            }

            return true;
        }
    }

    public void Add(int slot, ValueTask<FragmentResult> fetch)
    {
        if (fetch.IsCompletedSuccessfully)
        {
            _results[slot] = fetch.Result;
        }
        else
        {
            (_pending ??= new Task<FragmentResult>?[_results.Length])[slot] = fetch.AsTask();
        }
    }

    public async ValueTask<FragmentResult> WaitForAsync(int slot) => ResultOf(slot) ?? (_results[slot] = await _pending![slot]!);

    /// <summary>A task that ends when one of these slots is ready.</summary>
    public Task WhenAnyAsync(IEnumerable<int> slots) => Task.WhenAny(slots.Select(slot => _pending![slot]!));

    /// <summary>Waits for the slots that settle the status. The first of them that is not what it should be settles it alone.</summary>
    public async ValueTask SettleAsync()
    {
        foreach (var slot in plan.Deciding)
        {
            if ((await WaitForAsync(slot.Index)).Outcome is SlotOutcome.Failed or SlotOutcome.FallbackFragment)
            {
                return;
            }
        }
    }

    /// <summary>Waits for every slot that was started.</summary>
    public async ValueTask WaitForAllAsync()
    {
        for (var i = 0; i < _results.Length; i++)
        {
            if (ResultOf(i) is null && _pending?[i] is { } pending)
            {
                await pending;
            }
        }
    }

    public void Dispose()
    {
        lock (_ending)
        {
            _isOver = true;
        }

        if (!AllReady)
        {
            _over?.Cancel();
        }

        _over?.Dispose();
    }
}
