using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher.Fetching;

/// <summary>Takes from a fragment's answer the cookies that its service may set, and counts the others.</summary>
internal sealed class FragmentCookies(StitcherMetrics metrics)
{
    /// <summary>The most cookies of one fragment.</summary>
    public const int Most = 4;

    // Browsers keep no cookie beyond this; what is longer is not worth reading.
    private const int LongestLine = 4096;

    /// <param name="service">Who sent them.</param>
    /// <param name="lines">The lines of <c>Set-Cookie</c>.</param>
    public ImmutableArray<SetCookieHeaderValue> Accept(ServicePlan service, ImmutableArray<string> lines)
    {
        if (lines.IsEmpty)
        {
            return [];
        }

        var accepted = ImmutableArray.CreateBuilder<SetCookieHeaderValue>();
        foreach (var line in lines)
        {
            if (Complaint(service, line, accepted.Count, out var cookie) is { } reason)
            {
                metrics.CookieRefused(service.Name, reason);
            }
            else
            {
                accepted.Add(cookie!);
            }
        }

        return accepted.ToImmutable();
    }

    private static string? Complaint(ServicePlan service, string line, int before, out SetCookieHeaderValue? cookie)
    {
        cookie = null;
        if (line.Length > LongestLine)
        {
            return "too-large";
        }

        // Anything else is no cookie (RFC 6265, section 4.1.1), and the server would refuse to send it.
        if (line.AsSpan().ContainsAnyExceptInRange(' ', '~') || !SetCookieHeaderValue.TryParse(line, out cookie) || cookie.Name.Value is not { Length: > 0 } name)
        {
            return "malformed";
        }

        return CookieName.IsReserved(name) ? "reserved" : !service.SetCookies.Contains(name) ? "undeclared" : before == Most ? "too-many" : null;
    }
}
