using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stitcher.TestKit;

/// <summary>What the gateway tells a service of who asks, made without the gateway: for tests that ask a service alone. It shares no code with who reads it.</summary>
public static class IdentityToken
{
    /// <summary>The header it goes in.</summary>
    public const string Header = "Stitcher-Identity";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>A token that is good for two minutes, signed with <see cref="ServiceProcess.IdentityKey"/>.</summary>
    /// <param name="service">For whom: <c>orders</c>.</param>
    /// <param name="user">Who asks.</param>
    /// <param name="role">The role, or nothing.</param>
    /// <param name="locale">The locale, or nothing.</param>
    public static string For(string service, string user, string role = "", string locale = "")
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = "stitcher",
            ["aud"] = service,
            ["sub"] = user,
            ["sid"] = $"session-of-{user}",
            ["name"] = $"User {user}",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        if (role.Length > 0)
        {
            claims["role"] = role;
        }

        if (locale.Length > 0)
        {
            claims["locale"] = locale;
        }

        var text = $"{Encoded(new { alg = "HS256", typ = "JWT" })}.{Encoded(claims)}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(ServiceProcess.IdentityKey), Encoding.ASCII.GetBytes(text));
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encoded(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
