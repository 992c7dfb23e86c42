using Stitcher.Chaos.Load;

namespace Stitcher.Chaos.Scenarios;

/// <summary>The pages of one part of a run.</summary>
internal sealed class Phase
{
    private readonly double[] _sorted;

    /// <summary>Takes the pages that were due in a time.</summary>
    public Phase(IEnumerable<Sample> samples)
    {
        var all = samples.ToList();
        Pages = all.Count;
        Lost = all.Count(sample => sample.Loss != Loss.None);
        Degraded = all.Count(sample => sample.IsDegraded);
        _sorted = [.. all.Select(sample => sample.Milliseconds).Order()];
    }

    /// <summary>How many.</summary>
    public int Pages { get; }

    /// <summary>How many of them are lost.</summary>
    public int Lost { get; }

    /// <summary>How many of them show something else than a fragment in a slot.</summary>
    public int Degraded { get; }

    /// <summary>The time within which this share of the pages came, in milliseconds (nearest rank); 0 without pages.</summary>
    public double Percentile(double share) =>
        _sorted.Length == 0 ? 0 : _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>The slowest page, in milliseconds.</summary>
    public double Slowest => Percentile(1);
}
