using System.Collections.Concurrent;

namespace Stitcher;

/// <summary>
/// Knows the sessions that were ended before their time was over, so that a copy of their cookie is worth nothing: here until no such cookie can be good any more,
/// and in what gateways share.
/// </summary>
internal sealed class EndedSessions(ISharedSessionEnds shared, TimeProvider time)
{
    // About 15 MB. Whoever wants one forgotten must sign in as often first.
    private const int Most = 100_000;
    private const int MostAsked = 50_000;

    // How long another gateway may take to notice. Asked for each request, the way there and back would be a part of every page.
    private static readonly TimeSpan AskedAgainAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _asked = new(StringComparer.Ordinal);

    /// <summary>Ends a session.</summary>
    /// <param name="session">Its name.</param>
    /// <param name="keepFor">The time after which no cookie of it is good any more.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    public ValueTask EndAsync(string session, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        Remember(session, keepFor);
        return shared.TellAsync(session, keepFor, cancellationToken);
    }

    /// <param name="session">Its name.</param>
    /// <param name="keepFor">The time after which no cookie of it is good any more.</param>
    /// <param name="cancellationToken">Fires when the caller does not wait any more.</param>
    public async ValueTask<bool> HasEndedAsync(string session, TimeSpan keepFor, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_ended.TryGetValue(session, out var until) && until > now)
        {
            return true;
        }

        if (!shared.IsPresent || (_asked.TryGetValue(session, out var asked) && now - asked < AskedAgainAfter))
        {
            return false;
        }

        if (await shared.HasEndedAsync(session, cancellationToken))
        {
            Remember(session, keepFor);
            return true;
        }

        if (_asked.Count >= MostAsked)
        {
            _asked.Clear();
        }

        _asked[session] = now;
        return false;
    }

    private void Remember(string session, TimeSpan keepFor)
    {
        if (_ended.Count >= Most)
        {
            var now = time.GetUtcNow();
            foreach (var old in _ended.OrderBy(static ended => ended.Value).Where((ended, place) => place < Most / 10 || ended.Value <= now))
            {
                _ended.TryRemove(old);
            }
        }

        _ended[session] = time.GetUtcNow() + keepFor;
    }
}
