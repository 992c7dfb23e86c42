namespace Stitcher.Chaos.Load;

/// <summary>One page of a run.</summary>
/// <param name="Intended">When it should have been asked for, in seconds from the run's beginning.</param>
/// <param name="Milliseconds">From then to its last byte: a runner that comes late to send counts against the gateway, never for it.</param>
/// <param name="Kind">The page's kind.</param>
/// <param name="Status">Its status; 0 without an answer.</param>
/// <param name="Loss">Why it is lost.</param>
/// <param name="Whole">Which services' slots show their fragments: one bit for each, in the order of the services.</param>
/// <param name="Detail">What was seen of a lost page.</param>
internal readonly record struct Sample(double Intended, double Milliseconds, string Kind, int Status, Loss Loss, byte Whole, string? Detail)
{
    /// <summary>Whether a slot shows something else than its fragment.</summary>
    public bool IsDegraded => Whole != 0b1111;

    /// <summary>Whether a service's slot shows its fragment.</summary>
    public bool Shows(int service) => (Whole & (1 << service)) != 0;
}
