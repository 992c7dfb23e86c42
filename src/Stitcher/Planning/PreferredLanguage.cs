using System.Collections.Immutable;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Stitcher.Planning;

/// <summary>
/// Of a page's languages the one that a browser likes best (RFC 4647, section 3.4: the wish is shortened until something fits). The host's own
/// localization would do the same, but only for a whole request and with cultures that are installed.
/// </summary>
internal static class PreferredLanguage
{
    /// <param name="wishes">The lines of <c>Accept-Language</c>.</param>
    /// <param name="languages">What there is, the first for everybody else.</param>
    /// <returns>Null when there is none.</returns>
    public static string? Of(StringValues wishes, ImmutableArray<string> languages)
    {
        if (languages.Length < 2 || !StringWithQualityHeaderValue.TryParseList([.. wishes.OfType<string>()], out var parsed))
        {
            return languages.IsEmpty ? null : languages[0];
        }

        // Sorting keeps the browser's order among equals.
        foreach (var wish in parsed.Where(wish => wish.Quality is not 0).OrderByDescending(wish => wish.Quality ?? 1))
        {
            if (Fitting(wish.Value.Value ?? "", languages) is { } language)
            {
                return language;
            }
        }

        return languages[0];
    }

    private static string? Fitting(string wish, ImmutableArray<string> languages)
    {
        while (wish.Length > 0)
        {
            foreach (var language in languages)
            {
                if (language.Equals(wish, StringComparison.OrdinalIgnoreCase))
                {
                    return language;
                }
            }

            wish = wish[..Math.Max(0, wish.LastIndexOf('-'))];
        }

        return null;
    }
}
