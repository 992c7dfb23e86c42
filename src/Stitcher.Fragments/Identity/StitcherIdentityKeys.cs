using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Stitcher.Fragments.Identity;

/// <summary>Reads the configured keys once, and says at start which of them is none.</summary>
internal sealed class StitcherIdentityKeys : IValidateOptions<StitcherIdentityOptions>
{
    private const int FewestBytes = 32;

    public ValidateOptionsResult Validate(string? name, StitcherIdentityOptions options)
    {
        if (options.Keys.Count == 0 && options.DemoUser.Length == 0)
        {
            return ValidateOptionsResult.Fail("AddStitcherIdentity needs at least one key: the gateway's public P-256 key in PEM, or the shared secret in base64.");
        }

        for (var i = 0; i < options.Keys.Count; i++)
        {
            if (Read(options.Keys[i]) is null)
            {
                return ValidateOptionsResult.Fail($"Key {i} of AddStitcherIdentity is neither a P-256 key in PEM nor {FewestBytes} bytes or more in base64.");
            }
        }

        return ValidateOptionsResult.Success;
    }

    /// <returns>Null for a text that is no key.</returns>
    public static SecurityKey? Read(string text)
    {
        if (!text.Contains("-----BEGIN", StringComparison.Ordinal))
        {
            var bytes = new byte[text.Length];
            return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length >= FewestBytes ? new SymmetricSecurityKey(bytes[..length]) : null;
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(text);
            if (key.KeySize == 256)
            {
                return new ECDsaSecurityKey(key);
            }
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Told by whoever asked.
        }

        key.Dispose();
        return null;
    }
}
