using System.Globalization;

namespace Stitcher.Upstream;

/// <summary>
/// Whether an answer says unmistakably where its body ends. The client library takes two lengths, a length below zero, a length beside chunks and a body that
/// ends with the connection without a word (.NET 10); each of them can be a cut or a smuggled body, and would be remembered as a good one.
/// </summary>
internal static class ResponseFraming
{
    /// <summary>Says what is wrong, or null if nothing is. What is wrong here is wrong with the whole connection.</summary>
    public static string? Complaint(HttpResponseMessage response)
    {
        // From HTTP/2 on the end is part of the protocol (RFC 9113, section 8.1).
        if (response.Version.Major >= 2)
        {
            return null;
        }

        var isCoded = response.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings);
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths))
        {
            return isCoded && !codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase) ? "a Transfer-Encoding other than chunked" : null;
        }

        if (isCoded)
        {
            return "Content-Length and Transfer-Encoding, expected one of them";
        }

        return lengths.Count == 1 && long.TryParse(lengths.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : "Content-Length that is not one number";
    }

    /// <summary>Whether only the connection's end is the body's: one that is cut looks like one that is whole.</summary>
    public static bool EndsWithConnection(HttpResponseMessage response) =>
        response.Version.Major < 2
        && !response.Headers.NonValidated.Contains("Transfer-Encoding")
        && !response.Content.Headers.NonValidated.Contains("Content-Length");
}
