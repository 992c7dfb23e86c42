using Stitcher.Caching;
using Stitcher.Configuration;

namespace Stitcher.Fetching;

/// <summary>
/// What is known of a question without its answer: that everybody has to ask it for themselves, or that it failed a moment ago. Both are
/// forgotten by themselves.
/// </summary>
internal sealed class FragmentMarks(CacheOptions options, TimeProvider time)
{
    // Varnish's time for the same (hit-for-miss).
    private static readonly TimeSpan Unstorable = TimeSpan.FromSeconds(120);

    // Bytes that cannot be shown are not better a second later; a service may be.
    private const double Unshowable = 5;

    private readonly ShortMemory<bool> _unstorable = new(time);
    private readonly ShortMemory<Fetched> _failures = new(time);

    /// <summary>Whether waiting for another's answer would be in vain: the last one could not be shared.</summary>
    public bool IsUnstorable(string key) => _unstorable.TryRecall(key, out _);

    public Fetched? FailureOf(string key) => _failures.TryRecall(key, out var failed) ? failed : null;

    public void MarkUnstorable(string key)
    {
        _failures.Forget(key);
        _unstorable.Remember(key, true, Unstorable);
    }

    public void MarkStorable(string key)
    {
        _failures.Forget(key);
        _unstorable.Forget(key);
    }

    /// <summary>Remembers a failure. An open circuit and a limit are not remembered: they answer as fast as this does.</summary>
    /// <param name="key">The question.</param>
    /// <param name="failed">What came of it.</param>
    /// <param name="isUnshowable">An answer came, and it is none to show.</param>
    public void MarkFailed(string key, Fetched failed, bool isUnshowable)
    {
        var factor = failed.Failure switch
        {
            SlotFailure.Connect or SlotFailure.Timeout or SlotFailure.Invalid or SlotFailure.Refused => isUnshowable ? Unshowable : 1,
            _ => 0,
        };

        // Not all at once again, when much failed at once.
        _failures.Remember(key, failed, options.FailureMemory * (factor * (0.5 + Random.Shared.NextDouble())));
    }
}
