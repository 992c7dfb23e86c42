namespace Stitcher.Upstream;

/// <summary>Lets at most one question in twenty be asked at two destinations at once.</summary>
internal sealed class HedgeShare
{
    private const int OneIn = 20;
    private const int Most = 2_000;

    private readonly Lock _lock = new();
    private int _asked;
    private int _hedged;

    public void Asked()
    {
        lock (_lock)
        {
            if (++_asked >= Most)
            {
                _asked /= 2;
                _hedged /= 2;
            }
        }
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            if ((_hedged + 1) * OneIn > _asked)
            {
                return false;
            }

            _hedged++;
            return true;
        }
    }
}
