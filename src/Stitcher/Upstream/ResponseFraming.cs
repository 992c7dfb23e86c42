using System.Globalization;

namespace Stitcher.Upstream;

/// <summary>
/// Whether an answer says unmistakably where its body ends. The client library takes two lengths, a length below zero, a length beside chunks and a body that
/// ends with the connection without a word (.NET 10); each of them can be a cut or a smuggled body, and would be remembered as a good one.
/// </summary>
internal static class ResponseFraming
{
    /// <summary>Says what is wrong, or null if nothing is.</summary>
    public static string? Complaint(HttpResponseMessage response)
    {
        // From HTTP/2 on the end is part of the protocol (RFC 9113, section 8.1).
        if (response.Version.Major >= 2)
        {
            return null;
        }

        var chunked = response.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings);
        if (!response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lengths))
        {
            return !chunked
                ? "a body that ends with the connection, expected Content-Length or chunks"
                : codings.ToString().Equals("chunked", StringComparison.OrdinalIgnoreCase) ? null : "a Transfer-Encoding other than chunked";
        }

        if (chunked)
        {
            return "Content-Length and Transfer-Encoding, expected one of them";
        }

        return lengths.Count == 1 && long.TryParse(lengths.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : "Content-Length that is not one number";
    }
}
