using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Explaining;

/// <summary>Makes up paths for a route, so that a page with values in its route can be looked at with one click.</summary>
internal static class ExamplePath
{
    // One of these satisfies most constraints there are.
    private static readonly string[] Values = ["1", "a", "true", "2026-01-01", "00000000-0000-0000-0000-000000000001", "example"];

    /// <returns>Candidates; whether one leads to the page is for routing to say.</returns>
    public static IEnumerable<string> For(string route)
    {
        var pattern = RoutePatternFactory.Parse(route);
        return pattern.Parameters.Count == 0 ? [Fill(pattern, "")] : Values.Select(value => Fill(pattern, value));
    }

    private static string Fill(RoutePattern pattern, string value) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => Uri.EscapeDataString(literal.Content),
            RoutePatternSeparatorPart separator => separator.Content,
            _ => value,
        }))));
}
