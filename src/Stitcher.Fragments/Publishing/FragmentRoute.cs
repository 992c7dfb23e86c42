using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Fragments.Publishing;

/// <summary>Writes a route as the manifest writes a fragment's path.</summary>
internal static class FragmentRoute
{
    /// <summary>Constraints and defaults stay with the service; a place that may be missing is left out.</summary>
    public static string PathOf(RoutePattern pattern)
    {
        var path = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            if (segment.Parts is [RoutePatternParameterPart { IsOptional: true } or RoutePatternParameterPart { Default: not null }])
            {
                continue;
            }

            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
                    _ => "",
                });
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }
}
