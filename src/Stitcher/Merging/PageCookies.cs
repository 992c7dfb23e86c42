using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Stitcher.Fetching;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>The cookies that a page sets: those of the fragments that were ready when its headers left, the primary's before the others'.</summary>
/// <param name="Lines">One header line each.</param>
/// <param name="Refused">What was left out, with its service and the reason.</param>
/// <param name="Ready">The slots that were ready.</param>
internal readonly record struct PageCookies(ImmutableArray<string> Lines, ImmutableArray<(string Service, string Reason)> Refused, ImmutableArray<bool> Ready)
{
    // Some servers and proxies in front cut a header block at 8 KB; half of it is for the rest.
    private const int Most = 12;
    private const int LongestLine = 1024;
    private const int LongestTogether = 4 * 1024;

    public static readonly PageCookies None = new([], [], []);

    /// <param name="fetch">The page's fragments.</param>
    /// <param name="address">What the browser asked for.</param>
    public static PageCookies For(PageFetch fetch, PublicAddress address)
    {
        if (!fetch.Plan.MaySetCookies)
        {
            return None;
        }

        var merge = new Merge(address);
        ImmutableArray<bool> ready = [.. fetch.Plan.Slots.Select(s => fetch.ResultOf(s.Index) is not null)];
        foreach (var slot in fetch.Plan.Slots.OrderBy(s => s == fetch.Plan.Primary ? -1 : s.Index))
        {
            if (ready[slot.Index])
            {
                merge.Take(slot.Service.Name, fetch.ResultOf(slot.Index)!);
            }
        }

        return merge.Finish(ready);
    }

    /// <summary>The services, once per cookie, whose cookies came when the headers had left.</summary>
    public IEnumerable<string> Late(PageFetch fetch)
    {
        var ready = Ready;
        return ready.IsDefaultOrEmpty ? [] : fetch.Plan.Slots
            .Where(slot => !ready[slot.Index] && fetch.ResultOf(slot.Index) is not null)
            .SelectMany(slot => Enumerable.Repeat(slot.Service.Name, Count(fetch.ResultOf(slot.Index)!)));
    }

    private static int Count(FragmentResult result) => result.Cookies.Length + result.Nested.Sum(nested => Count(nested.Result));

    private sealed class Merge(PublicAddress address)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly ImmutableArray<string>.Builder _lines = ImmutableArray.CreateBuilder<string>();
        private readonly ImmutableArray<(string, string)>.Builder _refused = ImmutableArray.CreateBuilder<(string, string)>();
        private int _length;

        public void Take(string service, FragmentResult result)
        {
            foreach (var cookie in result.Cookies)
            {
                var line = Write(cookie, address);
                if (Complaint(cookie, line) is { } reason)
                {
                    _refused.Add((service, reason));
                    continue;
                }

                _names.Add(cookie.Name.ToString());
                _lines.Add(line);
                _length += line.Length;
            }

            foreach (var nested in result.Nested)
            {
                Take(service, nested.Result);
            }
        }

        public PageCookies Finish(ImmutableArray<bool> ready) => new(_lines.ToImmutable(), _refused.ToImmutable(), ready);

        private string? Complaint(SetCookieHeaderValue cookie, string line) =>
            !IsUnder(cookie.Path.ToString(), address.FullPath) ? "path"
            : _names.Contains(cookie.Name.ToString()) ? "taken"
            : line.Length > LongestLine ? "too-large"
            : _lines.Count == Most || _length + line.Length > LongestTogether ? "too-many"
            : null;

        // The whole site, this page, or what lies below it: nothing that only another page would get.
        private static bool IsUnder(string path, string page) =>
            path is "" or "/" || path == page || (path.StartsWith(page, StringComparison.Ordinal) && (page.EndsWith('/') || path[page.Length] == '/'));
    }

    // Written anew: what is not known here does not pass. Without a domain it belongs to this host alone.
    private static string Write(SetCookieHeaderValue cookie, PublicAddress address) =>
        new SetCookieHeaderValue(cookie.Name, cookie.Value)
        {
            Path = cookie.Path.HasValue && cookie.Path.Length > 0 ? cookie.Path : "/",
            Expires = cookie.Expires,
            MaxAge = cookie.MaxAge,
            HttpOnly = cookie.HttpOnly,
            Secure = cookie.Secure || address.IsHttps,
            SameSite = cookie.SameSite == SameSiteMode.Unspecified ? SameSiteMode.Lax : cookie.SameSite,
        }.ToString();
}
