using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>The fragments of one request, some here already, the others on their way.</summary>
internal sealed class PageFetch(PagePlan plan)
{
    private readonly FragmentResult?[] _results = new FragmentResult?[plan.Slots.Length];
    private Task<FragmentResult>?[]? _pending;

    private int _slots = plan.Slots.Length;

    public PagePlan Plan => plan;

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

    /// <summary>Waits for the slots that settle the status.</summary>
    public async ValueTask SettleAsync()
    {
        foreach (var slot in plan.Deciding)
        {
            await WaitForAsync(slot.Index);
        }
    }

    public async ValueTask WaitForAllAsync()
    {
        for (var i = 0; i < _results.Length; i++)
        {
            await WaitForAsync(i);
        }
    }
}
