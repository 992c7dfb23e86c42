using System.Collections.Concurrent;

namespace Stitcher.Planning;

/// <summary>
/// Counts how often everything made for a user had to be forgotten. The count is part of what their fragments are remembered by, so that one fetched
/// before they signed out and stored after it is never found again.
/// </summary>
internal sealed class UserGenerations(TimeProvider time)
{
    // Far beyond the life of any user's fragment: whoever is not remembered here has none of an earlier generation either.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);
    private const int Many = 10_000;

    private readonly ConcurrentDictionary<string, (long Number, long Since)> _generations = new(StringComparer.Ordinal);
    private long _last;

    public long Of(string subject) => _generations.TryGetValue(subject, out var generation) ? generation.Number : 0;

    public void Advance(string subject)
    {
        if (_generations.Count > Many)
        {
            foreach (var (old, generation) in _generations)
            {
                if (time.GetElapsedTime(generation.Since) > Kept)
                {
                    _generations.TryRemove(new(old, generation));
                }
            }
        }

        _generations[subject] = (Interlocked.Increment(ref _last), time.GetTimestamp());
    }
}
