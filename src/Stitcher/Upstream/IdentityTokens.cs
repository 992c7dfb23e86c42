using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stitcher.Configuration;

namespace Stitcher.Upstream;

/// <summary>Makes the tokens that tell a service who asks, and hands each out again until shortly before its end.</summary>
internal sealed class IdentityTokens(IdentityOptions options, SigningCredentials key, TimeProvider time)
{
    // A token that ends on its way, or while the service works, would be refused for no fault of anybody's.
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    // Beyond this the old ones go all at once: making one again costs a signature.
    private const int Most = 20_000;

    private readonly JsonWebTokenHandler _writer = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly ConcurrentDictionary<(string Audience, string Visitor), Lazy<Issued>> _issued = new();
    private int _count;

    private sealed record Issued(string Token, DateTimeOffset Ends);

    /// <param name="audience">The one service that takes the token.</param>
    /// <param name="claims">What it may be told of the visitor.</param>
    /// <param name="visitor">Who asks.</param>
    public string For(string audience, IReadOnlySet<string> claims, Visitor visitor)
    {
        var place = (audience, visitor.Fingerprint);
        while (true)
        {
            var issued = _issued.TryGetValue(place, out var known) ? known : _issued.GetOrAdd(place, Counted(audience, claims, visitor));
            if (issued.Value.Ends - time.GetUtcNow() >= RenewBefore)
            {
                return issued.Value.Token;
            }

            // Of all who see that it ends, one replaces it; the others find the new one on their next turn.
            _issued.TryUpdate(place, New(audience, claims, visitor), issued);
        }
    }

    private Lazy<Issued> Counted(string audience, IReadOnlySet<string> claims, Visitor visitor)
    {
        if (Interlocked.Increment(ref _count) > Most)
        {
            Interlocked.Exchange(ref _count, 0);
            _issued.Clear();
        }

        return New(audience, claims, visitor);
    }

    private Lazy<Issued> New(string audience, IReadOnlySet<string> claims, Visitor visitor) => new(() => Issue(audience, claims, visitor));

    private Issued Issue(string audience, IReadOnlySet<string> claims, Visitor visitor)
    {
        var now = time.GetUtcNow();
        var told = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = visitor.Subject,
            ["jti"] = Guid.CreateVersion7(now).ToString("N", CultureInfo.InvariantCulture),
        };
        if (visitor.Session is { } session)
        {
            told["sid"] = session;
        }

        foreach (var claim in visitor.Claims.Where(claim => claims.Contains(claim.Key)).GroupBy(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal))
        {
            told[claim.Key] = claim.Count() == 1 ? claim.First() : claim.ToArray();
        }

        var ends = now + options.Lifetime;
        var token = _writer.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = options.Issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = ends.UtcDateTime,
            Claims = told,
            SigningCredentials = key,
        });
        return new Issued(token, ends);
    }
}
