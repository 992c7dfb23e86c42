using System.Collections.Concurrent;

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

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    private sealed record Failures(int Count, DateTimeOffset Last);

    /// <summary>How long whoever wants to sign in as this user has to wait; null when they need not.</summary>
    public TimeSpan? Wait(string email, string client) =>
        Left(ClientKey(email, client), OfOneClient) ?? Left(EmailKey(email), OfAll);

    public void Failed(string email, string client)
    {
        if (_failures.Count > Many)
        {
            foreach (var (key, failures) in _failures.Where(pair => IsOver(pair.Value)))
            {
                _failures.TryRemove(new(key, failures));
            }
        }

        Add(ClientKey(email, client));
        Add(EmailKey(email));
    }

    /// <summary>Forgets what this client did wrong: it knew the password after all.</summary>
    public void Succeeded(string email, string client) => _failures.TryRemove(ClientKey(email, client), out _);

    private static string ClientKey(string email, string client) => $"{EmailKey(email)} {client}";

    private static string EmailKey(string email) => email.ToLowerInvariant();

    private void Add(string key) => _failures.AddOrUpdate(
        key,
        _ => new Failures(1, time.GetUtcNow()),
        (_, known) => new Failures(IsOver(known) ? 1 : known.Count + 1, time.GetUtcNow()));

    private TimeSpan? Left(string key, int most) =>
        _failures.TryGetValue(key, out var failures) && failures.Count >= most && failures.Last + Rest - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : null;

    private bool IsOver(Failures failures) => time.GetUtcNow() - failures.Last >= Rest;
}
