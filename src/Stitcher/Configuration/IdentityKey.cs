using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Stitcher.Configuration;

/// <summary>The key that identity tokens are signed with, found by a reference.</summary>
internal static class IdentityKey
{
    // What HS256 asks for (RFC 7518, section 3.2).
    private const int FewestBytes = 32;

    /// <returns>The key, or null and what is wrong with the reference or with what it leads to. The key itself is never told.</returns>
    public static SigningCredentials? Read(string reference, out string? complaint)
    {
        if (!SecretReference.IsReference(reference))
        {
            complaint = "the value is no reference to a key";
            return null;
        }

        if (SecretReference.ReadText(reference, out complaint) is not { } text)
        {
            return null;
        }

        return text.StartsWith("-----BEGIN", StringComparison.Ordinal) ? FromPem(text, ref complaint) : FromBase64(text, ref complaint);
    }

    private static SigningCredentials? FromPem(string pem, ref string? complaint)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            if (key.KeySize == 256)
            {
                // Services that know several keys find the right one by its print, which only the public half makes.
                var print = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8).ToArray());
                _ = key.SignData("x"u8, HashAlgorithmName.SHA256);
                return new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = print }, SecurityAlgorithms.EcdsaSha256);
            }
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            // Told below, without a word of the key.
        }

        key.Dispose();
        complaint = "what it leads to is no private P-256 key";
        return null;
    }

    private static SigningCredentials? FromBase64(string text, ref string? complaint)
    {
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length) && length >= FewestBytes)
        {
            return new SigningCredentials(new SymmetricSecurityKey(bytes[..length]), SecurityAlgorithms.HmacSha256);
        }

        complaint = $"what it leads to is neither PEM nor {FewestBytes} bytes or more in base64";
        return null;
    }
}
