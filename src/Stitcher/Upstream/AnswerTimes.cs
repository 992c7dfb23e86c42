using System.Numerics;

namespace Stitcher.Upstream;

/// <summary>How long a service's latest answers took, as counts by time. Old answers fade: when there are many, all counts are halved.</summary>
internal sealed class AnswerTimes
{
    // Four classes for each doubling of the time: a percentile is at most a quarter too high.
    private const int PerDoubling = 4;
    private const int Most = 2_000;

    // Fewer say nothing about one in twenty.
    private const int Fewest = 20;

    private readonly Lock _lock = new();
    private readonly int[] _counts = new int[32 * PerDoubling];
    private int _total;

    public void Add(TimeSpan time)
    {
        var index = ClassOf(time);
        lock (_lock)
        {
            _counts[index]++;
            if (++_total >= Most)
            {
                Fade();
            }
        }
    }

    /// <summary>The time within which 95 of 100 answers came; null while too few have.</summary>
    public TimeSpan? NinetyFive()
    {
        lock (_lock)
        {
            if (_total < Fewest)
            {
                return null;
            }

            var above = _total / 20;
            var index = _counts.Length - 1;
            for (; index > 0 && above >= _counts[index]; index--)
            {
                above -= _counts[index];
            }

            return UpperEndOf(index);
        }
    }

    private void Fade()
    {
        _total = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            _total += _counts[i] /= 2;
        }
    }

    // Microseconds: the power of two below them, and the two bits that follow it.
    private int ClassOf(TimeSpan time)
    {
        var microseconds = (ulong)Math.Max(PerDoubling, time.TotalMicroseconds);
        var power = BitOperations.Log2(microseconds);
        return Math.Min((power * PerDoubling) + (int)((microseconds >> (power - 2)) & 3), _counts.Length - 1);
    }

    private static TimeSpan UpperEndOf(int index) =>
        TimeSpan.FromMicroseconds(Math.Pow(2, index / PerDoubling) * (1 + ((index % PerDoubling) + 1d) / PerDoubling));
}
