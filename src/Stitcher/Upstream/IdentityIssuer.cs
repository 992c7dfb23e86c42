using Microsoft.IdentityModel.Tokens;
using Stitcher.Configuration;

namespace Stitcher.Upstream;

/// <summary>Keeps the tokens that were handed out when the pages are planned anew: a service's new manifest is no reason to sign for everybody again.</summary>
internal sealed class IdentityIssuer(TimeProvider time)
{
    private Issuing? _last;

    private sealed record Issuing(string Issuer, TimeSpan Lifetime, string Algorithm, byte[] Key, IdentityTokens Tokens);

    /// <param name="options">What the tokens say beside the visitor.</param>
    /// <param name="key">The key of the moment: another one behind the same reference ends all that was signed with the one before.</param>
    public IdentityTokens For(IdentityOptions options, SigningCredentials key)
    {
        var thumbprint = key.Key.ComputeJwkThumbprint();
        if (_last is { } last && last.Issuer == options.Issuer && last.Lifetime == options.Lifetime && last.Algorithm == key.Algorithm && last.Key.AsSpan().SequenceEqual(thumbprint))
        {
            return last.Tokens;
        }

        var tokens = new IdentityTokens(options, key, time);
        _last = new Issuing(options.Issuer, options.Lifetime, key.Algorithm, thumbprint, tokens);
        return tokens;
    }
}
