namespace Stitcher.Upstream;

/// <summary>What a service's answer must be before its body is worth reading.</summary>
internal static class ResponseContract
{
    public readonly record struct Verdict(UpstreamFailure Failure, string? Detail, bool HasBody);

    public static Verdict Judge(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        return status switch
        {
            204 => new(UpstreamFailure.None, null, HasBody: false),
            200 or 203 => JudgeHtml(response, status),
            >= 301 and <= 303 or 307 or 308 => new(UpstreamFailure.None, null, HasBody: false),

            // An answer, not a failure: the page may take over its status and show its body, when that is HTML.
            >= 400 and < 500 => new(UpstreamFailure.None, null, JudgeHtml(response, status).HasBody),
            >= 500 and < 600 => new(UpstreamFailure.Status, $"status {status}", HasBody: false),
            _ => new(UpstreamFailure.Invalid, $"status {status}, expected one of 200, 203, 204, a redirect or an error", HasBody: false),
        };
    }

    private static Verdict JudgeHtml(HttpResponseMessage response, int status)
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

        if (ResponseFraming.Complaint(response) is { } complaint)
        {
            return Invalid(complaint);
        }

        return headers.TryGetValues("Content-Encoding", out var codings) && !codings.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? Invalid($"Content-Encoding '{Shortened(codings.ToString())}', expected none: the request asked for identity")
            : new Verdict(UpstreamFailure.None, null, HasBody: true);
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
