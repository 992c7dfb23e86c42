using System.Collections.Frozen;

namespace Stitcher.Configuration;

/// <summary>The rules on what of a request may be sent on to a service.</summary>
internal static class ForwardRules
{
    // Each multiplies what must be remembered of one fragment.
    private const int MostHeaders = 8;

    private const string Hop = "is about one connection, not about the request";
    private const string Proxy = "is how proxies in front speak to each other, and whoever asks can write it";
    private const string Conditional = "is about a copy of the page that the browser has, not of the fragment";
    private const string Body = "is about a body, and fragments are asked for without one";
    private const string Own = "is set by the gateway";

    private static readonly FrozenDictionary<string, string> Refused = new (string Reason, string[] Names)[]
    {
        (Hop, ["Connection", "Keep-Alive", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Expect", "HTTP2-Settings"]),
        (Proxy, ["Via", "Forwarded", "X-Real-IP", "X-Original-URL", "X-Rewrite-URL", "X-Original-Host", "X-HTTP-Method", "X-HTTP-Method-Override", "X-Method-Override"]),
        (Conditional, ["Range", "Cache-Control", "Pragma"]),
        (Own, ["Host", "Accept", "Accept-Encoding", "X-Request-Id", "Request-Id", "traceparent", "tracestate", "baggage", "Correlation-Context"]),
        ("would send every cookie, the session's among them; 'Forward:Cookies' names single ones", ["Cookie"]),
        ("would hand one credential to every service; 'Identity:Send' tells this service alone who asks", ["Authorization"]),
        ("has endless values; 'Forward:Language' sends one of the page's languages", ["Accept-Language"]),
    }
        .SelectMany(group => group.Names.Select(name => KeyValuePair.Create(name, group.Reason)))
        .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly (string Prefix, string Reason)[] RefusedFamilies =
    [
        ("Stitcher-", Own),
        ("X-Forwarded-", Proxy + "; 'Forward:PublicAddress' and 'Forward:ClientAddress' send what the gateway knows"),
        ("Proxy-", Hop),
        ("If-", Conditional),
        ("Content-", Body),
    ];

    /// <param name="forward">What a service's fragments may know.</param>
    /// <param name="key">The options' key.</param>
    /// <param name="sessions">The names of the cookies that the host's own authentication sets.</param>
    /// <param name="check">Takes the errors.</param>
    public static void Check(ForwardOptions forward, string key, IReadOnlyCollection<string> sessions, OptionsCheck check)
    {
        CheckCookies(forward, key, sessions, check);
        CheckHeaders(forward, key, check);
    }

    private static void CheckCookies(ForwardOptions forward, string key, IReadOnlyCollection<string> sessions, OptionsCheck check)
    {
        for (var i = 0; i < forward.Cookies.Count; i++)
        {
            var name = forward.Cookies[i];
            if (!CookieName.IsToken(name))
            {
                check.Add($"{key}:Cookies:{i}", $"'{name}' is no name of a cookie", "letters, digits and hyphens, such as 'currency'");
            }
            else if (name.StartsWith(".AspNetCore.", StringComparison.OrdinalIgnoreCase) || SessionCookies.Contain(name, sessions))
            {
                check.Add($"{key}:Cookies:{i}", $"'{name}' is the gateway's own session, and whoever holds it is the user", "'Identity:Send', which tells the service who asks");
            }
            else if (CookieName.IsReserved(name))
            {
                check.Add($"{key}:Cookies:{i}", $"'{name}' begins with a prefix that is the gateway's own", "a name without '__Host-' and '__Secure-'");
            }
        }
    }

    private static void CheckHeaders(ForwardOptions forward, string key, OptionsCheck check)
    {
        if (forward.Headers.Count > MostHeaders)
        {
            check.Add(key + ":Headers", $"{forward.Headers.Count} headers", $"at most {MostHeaders}, since every one multiplies what must be remembered");
        }

        for (var i = 0; i < forward.Headers.Count; i++)
        {
            var name = forward.Headers[i];
            if (Complaint(name) is { } complaint)
            {
                check.Add($"{key}:Headers:{i}", $"'{name}' {complaint}", "a header of the site's own, such as 'X-Experiment'");
            }
        }
    }

    private static string? Complaint(string name) =>
        !CookieName.IsToken(name) ? "is no name of a header"
        : name.Contains('_', StringComparison.Ordinal) ? "has an underscore, and requests with such headers are refused"
        : Refused.GetValueOrDefault(name)
            ?? RefusedFamilies.FirstOrDefault(family => name.StartsWith(family.Prefix, StringComparison.OrdinalIgnoreCase)).Reason;
}
