using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stitcher.Federation;

namespace Stitcher.Fragments.Serving;

/// <summary>The time a gateway leaves for an answer.</summary>
internal static class FragmentDeadline
{
    // Longer than any page waits; a larger number is a mistake and is treated as no limit at all.
    private const int Longest = 600_000;

    public static TimeSpan? Of(HttpRequest request) =>
        int.TryParse(
            request.Headers[FragmentHeaders.DeadlineMilliseconds], NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds is > 0 and <= Longest
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
}
