using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Configuration;

/// <summary>Tells whether two routes catch the same addresses with the same precedence, so that routing could not choose between them.</summary>
internal static class RouteIdentity
{
    /// <summary>A text that is the same for two such routes: literals in lower case, parameters without names, with their constraints.</summary>
    public static string Of(RoutePattern pattern) =>
        "/" + string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(Part))));

    private static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternLiteralPart literal => literal.Content.ToLowerInvariant(),
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter =>
            "{" + (parameter.IsCatchAll ? "*" : "")
            + string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content).OfType<string>().Order(StringComparer.Ordinal)) + "}",
        _ => "",
    };
}
