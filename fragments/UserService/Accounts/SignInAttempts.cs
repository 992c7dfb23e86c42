namespace UserService.Accounts;

/// <summary>
/// Counts who tried in vain to sign in as whom, and lets them rest after too many: guessing a password takes thousands of tries. Addresses that nobody has are
/// counted alike, so that a rest tells nothing. Kept in this process only.
/// </summary>
internal sealed class SignInAttempts(TimeProvider time)
{
    /// <summary>From one client, before it rests; few people mistype so often.</summary>
    public const int OfOneClient = 5;

    // From everywhere, for guesses that come from many machines. Far more, since anybody could keep somebody out by it.
    private const int OfAll = 100;

    // Beyond this the ones whose rest is over go.
    private const int Many = 10_000;

    /// <summary>How long a rest is, and how long a failure counts.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<Place, Failures> _failures = [];

    /// <param name="Email">As whom.</param>
    /// <param name="Client">From where; null for everywhere.</param>
    private readonly record struct Place(string Email, string? Client);

    private readonly record struct Failures(int Count, DateTimeOffset Last);

    /// <summary>
    /// Begins an attempt. It counts as a failure until it has succeeded: whoever sends a thousand guesses at once has no more of them looked at than one after the other.
    /// </summary>
    /// <returns>How long whoever wants to sign in as this user has to wait; null when they need not.</returns>
    public TimeSpan? Begin(string email, string client)
    {
        var (own, all) = PlacesOf(email, client);
        lock (_lock)
        {
            if ((Left(own, OfOneClient) ?? Left(all, OfAll)) is { } wait)
            {
                return wait;
            }

            if (_failures.Count > Many)
            {
                foreach (var place in _failures.Where(pair => IsOver(pair.Value)).Select(pair => pair.Key).ToArray())
                {
                    _failures.Remove(place);
                }
            }

            Add(own);
            Add(all);
            return null;
        }
    }

    /// <summary>Takes an attempt back whose password nobody looked at.</summary>
    public void TakeBack(string email, string client)
    {
        var (own, all) = PlacesOf(email, client);
        lock (_lock)
        {
            Remove(own);
            Remove(all);
        }
    }

    /// <summary>Forgets what this client did wrong: it knew the password after all.</summary>
    public void Succeeded(string email, string client)
    {
        var (own, all) = PlacesOf(email, client);
        lock (_lock)
        {
            _failures.Remove(own);
            Remove(all);
        }
    }

    private static (Place Own, Place All) PlacesOf(string email, string client)
    {
        var name = email.ToLowerInvariant();
        return (new Place(name, client), new Place(name, null));
    }

    private void Add(Place place) =>
        _failures[place] = new Failures(_failures.TryGetValue(place, out var known) && !IsOver(known) ? known.Count + 1 : 1, time.GetUtcNow());

    private void Remove(Place place)
    {
        if (_failures.TryGetValue(place, out var known))
        {
            _failures[place] = known with { Count = known.Count - 1 };
        }
    }

    private TimeSpan? Left(Place place, int most) =>
        _failures.TryGetValue(place, out var failures) && failures.Count >= most && failures.Last + Rest - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : null;

    private bool IsOver(Failures failures) => time.GetUtcNow() - failures.Last >= Rest;
}
