using System.Collections.Immutable;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Stitcher.Configuration;
using Stitcher.Federation;

namespace Stitcher;

/// <summary>What a service that signs users in says in <c>Stitcher-Session</c>.</summary>
/// <param name="Claims">Who is signed in from now on; empty when the session is to end.</param>
internal sealed record SessionStatement(ImmutableArray<Claim> Claims)
{
    // All of it goes into one cookie, of which browsers take 4 KB, encrypted and in base64.
    private const int Longest = 2048;
    private const int MostClaims = 32;

    public bool Ends => Claims.IsEmpty;

    /// <returns>Null and what is wrong; the value itself is never told, for it says who somebody is.</returns>
    public static SessionStatement? Read(string value, IdentityOptions options, out string? complaint)
    {
        complaint = null;
        if (value == FragmentHeaders.SessionEnd)
        {
            return new SessionStatement([]);
        }

        if (value.Length > Longest)
        {
            complaint = $"its {FragmentHeaders.Session} has {value.Length} characters, at most {Longest} are taken";
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(WebEncoders.Base64UrlDecode(value));
            complaint = Complaint(json.RootElement, options);
            return complaint is null ? new SessionStatement([.. json.RootElement.EnumerateObject().SelectMany(ClaimsOf)]) : null;
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            complaint = $"its {FragmentHeaders.Session} is neither '{FragmentHeaders.SessionEnd}' nor JSON in base64url";
            return null;
        }
    }

    private static string? Complaint(JsonElement root, IdentityOptions options)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.EnumerateObject().All(IsClaim))
        {
            return $"its {FragmentHeaders.Session} is not one JSON object of texts and lists of texts";
        }

        if (root.EnumerateObject().SelectMany(ClaimsOf).Count() > MostClaims)
        {
            return $"its {FragmentHeaders.Session} has more than {MostClaims} claims";
        }

        if (root.TryGetProperty(options.SessionClaim, out _))
        {
            return $"its {FragmentHeaders.Session} names the session ('{options.SessionClaim}'), which is the gateway's to name";
        }

        return root.TryGetProperty(options.SubjectClaim, out var subject) && subject.ValueKind == JsonValueKind.String && subject.GetString() is { Length: > 0 }
            ? null
            : $"its {FragmentHeaders.Session} does not say who it is about ('{options.SubjectClaim}')";
    }

    private static bool IsClaim(JsonProperty property) =>
        property.Value.ValueKind == JsonValueKind.String
        || (property.Value.ValueKind == JsonValueKind.Array && property.Value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String));

    private static IEnumerable<Claim> ClaimsOf(JsonProperty property) => property.Value.ValueKind == JsonValueKind.Array
        ? property.Value.EnumerateArray().Select(value => new Claim(property.Name, value.GetString()!))
        : [new Claim(property.Name, property.Value.GetString()!)];
}
