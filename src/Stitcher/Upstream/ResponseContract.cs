using System.Net.Http.Headers;

namespace Stitcher.Upstream;

/// <summary>What a service's answer must be before its body is worth reading.</summary>
internal static class ResponseContract
{
    private static readonly Verdict Empty = new(UpstreamFailure.None, null, HasBody: false);

    /// <param name="Failure">Why it cannot be used.</param>
    /// <param name="Detail">What was seen and expected.</param>
    /// <param name="HasBody">Its body is HTML to show.</param>
    public readonly record struct Verdict(UpstreamFailure Failure, string? Detail, bool HasBody)
    {
        /// <summary>The body is to be decompressed.</summary>
        public bool IsGzip { get; init; }

        /// <summary>Nobody can tell whether it is whole; it may be shown once, and never again.</summary>
        public bool IsDoubtful { get; init; }

        /// <summary>Nothing that comes on its connection can be trusted.</summary>
        public bool SpoilsConnection { get; init; }
    }

    /// <param name="response">The answer, its body not read yet.</param>
    /// <param name="terms">What the service may answer.</param>
    /// <param name="isConditional">The question said what is remembered; only then is "not modified" an answer to it.</param>
    public static Verdict Judge(HttpResponseMessage response, ResponseTerms terms, bool isConditional)
    {
        if (CountOf(response) is var count && count > terms.Headers)
        {
            return Invalid($"{count} headers, at most {terms.Headers} are taken (Stitcher:Limits:ResponseHeaders)");
        }

        if (ResponseFraming.Complaint(response) is { } complaint)
        {
            return Invalid(complaint) with { SpoilsConnection = true };
        }

        var status = (int)response.StatusCode;
        return status switch
        {
            204 => Empty,
            304 when isConditional => Empty,
            200 or 203 => JudgeHtml(response, status, terms),
            >= 301 and <= 303 or 307 or 308 => Empty,

            // An answer, not a failure: the page may take over its status and show its body, when that is HTML.
            >= 400 and < 500 => JudgeHtml(response, status, terms) is { HasBody: true } html ? html : Empty,
            >= 500 and < 600 => new(UpstreamFailure.Status, $"status {status}", HasBody: false),
            _ => Invalid($"status {status}, expected one of 200, 203, 204, a redirect or an error"),
        };
    }

    private static Verdict JudgeHtml(HttpResponseMessage response, int status, ResponseTerms terms)
    {
        var headers = response.Content.Headers.NonValidated;
        if (!headers.TryGetValues("Content-Type", out var types))
        {
            return Invalid($"status {status} without Content-Type, expected text/html; charset=utf-8");
        }

        if (!IsUtf8Html(types.ToString()))
        {
            return Invalid($"Content-Type '{Shortened(types.ToString())}', expected text/html; charset=utf-8");
        }

        var endsWithConnection = ResponseFraming.EndsWithConnection(response);
        if (endsWithConnection && !terms.EndsWithConnection)
        {
            return Invalid("a body that ends with the connection, expected Content-Length or chunks (EndsWithConnection of the service allows it)");
        }

        var verdict = new Verdict(UpstreamFailure.None, null, HasBody: true) { IsDoubtful = endsWithConnection };
        if (!headers.TryGetValues("Content-Encoding", out var codings) || codings.ToString() is var coding && coding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return verdict;
        }

        if (!terms.Gzip)
        {
            return Invalid($"Content-Encoding '{Shortened(coding)}', expected none: the request asked for identity (Compression of the service)");
        }

        // RFC 9110, section 8.4.1.3: the two names are one coding.
        return coding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || coding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
            ? verdict with { IsGzip = true }
            : Invalid($"Content-Encoding '{Shortened(coding)}', expected gzip once or none");
    }

    private static int CountOf(HttpResponseMessage response) => CountOf(response.Headers.NonValidated) + CountOf(response.Content.Headers.NonValidated);

    private static int CountOf(HttpHeadersNonValidated headers)
    {
        var count = 0;
        foreach (var header in headers)
        {
            count += header.Value.Count;
        }

        return count;
    }

    private static Verdict Invalid(string detail) => new(UpstreamFailure.Invalid, detail, HasBody: false);

    public static bool IsUtf8Html(string type)
    {
        var span = type.AsSpan();
        var semicolon = span.IndexOf(';');
        var essence = (semicolon < 0 ? span : span[..semicolon]).Trim();
        if (!essence.Equals("text/html", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var range in type.AsSpan().Split(';'))
        {
            var parameter = span[range].Trim();
            var equals = parameter.IndexOf('=');
            if (equals >= 0 && parameter[..equals].Trim().Equals("charset", StringComparison.OrdinalIgnoreCase))
            {
                var charset = parameter[(equals + 1)..].Trim().Trim('"');
                return charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || charset.Equals("utf8", StringComparison.OrdinalIgnoreCase);
            }
        }

        return true;
    }

    private static string Shortened(string value) => value.Length <= 60 ? value : string.Concat(value.AsSpan(0, 60), "…");
}
