using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Stitcher.Federation;

namespace Stitcher.Fragments.Identity;

/// <summary>
/// How a service that may sign users in (<c>Services[].SignsIn</c> of the gateway) tells the gateway to make, replace or end its session. Only an answer to a
/// form that came through a plain route counts; the browser never sees any of it.
/// </summary>
public static class StitcherSession
{
    /// <summary>Signs somebody in, or tells more of whoever is signed in: the same subject keeps its session.</summary>
    /// <param name="response">The answer to the form; its status must be below 400.</param>
    /// <param name="subject">What names the user for ever and alone; the claim <c>sub</c>.</param>
    /// <param name="claims">
    /// What services may be told of the user: claim types and values, of which a type may have several. Not <c>sid</c>, which is the gateway's to say; at most 32, and 1.5 KB together.
    /// </param>
    public static void Make(HttpResponse response, string subject, IEnumerable<KeyValuePair<string, string>> claims)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(claims);
        var told = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = subject };
        foreach (var claim in claims.GroupBy(claim => claim.Key, claim => claim.Value, StringComparer.Ordinal))
        {
            told[claim.Key] = claim.ToArray() is [var only] ? only : claim.ToArray();
        }

        response.Headers[FragmentHeaders.Session] = WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(told));
    }

    /// <summary>Signs out whoever is signed in.</summary>
    /// <param name="response">The answer to the form; its status must be below 400.</param>
    public static void End(HttpResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        response.Headers[FragmentHeaders.Session] = FragmentHeaders.SessionEnd;
    }
}
