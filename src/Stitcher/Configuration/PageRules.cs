using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Stitcher.Configuration;

/// <summary>The rules on pages.</summary>
internal static class PageRules
{
    private static readonly string[] OwnPrefixes = ["_s", "_f", "_stitcher"];

    public static void Check(IEnumerable<PageOptions> pages, ParameterPolicyFactory? constraints, OptionsCheck check)
    {
        var names = new List<(string, string, string)>();
        var routes = new List<(string, string, string)>();
        foreach (var (page, key) in check.Items(pages, OptionsCheck.Key("Pages")))
        {
            if (check.IsName(page, nameof(page.Name), key + ":Name", "a name for plans and logs"))
            {
                names.Add((page.Name, page.Name, key + ":Name"));
            }

            if (CheckRoute(page.Route, key + ":Route", constraints, check) is { } pattern)
            {
                routes.Add((RouteIdentity.Of(pattern), page.Route, key + ":Route"));
            }

            CheckLayout(page.Layout, key + ":Layout", check);
            CheckLanguages(page, key, check);
            check.Ranges(page, key);
        }

        check.Unique(names, "a name of its own");
        check.Unique(routes, "a route of its own (case, a slash at the end and parameter names do not tell routes apart)");
    }

    private static RoutePattern? CheckRoute(string route, string key, ParameterPolicyFactory? constraints, OptionsCheck check)
    {
        const string expected = "an ASP.NET Core route pattern that begins with '/', such as '/products/{id:int}'";
        if (!check.IsGiven(route, key, expected))
        {
            return null;
        }

        if (!route.StartsWith('/'))
        {
            check.Add(key, $"'{route}' does not begin with '/'", expected);
            return null;
        }

        RoutePattern pattern;
        try
        {
            pattern = RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException e)
        {
            check.Add(key, $"'{route}' is no route pattern ({e.Message.TrimEnd('.')})", expected);
            return null;
        }

        if (pattern.PathSegments is [{ Parts: [RoutePatternLiteralPart { Content: var first }] }, ..]
            && OwnPrefixes.Contains(first, StringComparer.OrdinalIgnoreCase))
        {
            check.Add(key, $"'{route}' begins with '/{first}', which the gateway keeps for itself", "a route that begins otherwise");
            return null;
        }

        return constraints is null || ConstraintsExist(pattern, key, constraints, check) ? pattern : null;
    }

    /// <summary>Constraints are made by name when the first request is routed; a mistyped one would fail every page then, so it is tried now.</summary>
    private static bool ConstraintsExist(RoutePattern pattern, string key, ParameterPolicyFactory constraints, OptionsCheck check)
    {
        foreach (var parameter in pattern.Parameters)
        {
            foreach (var text in parameter.ParameterPolicies.Select(policy => policy.Content).OfType<string>())
            {
                try
                {
                    // A regular expression is compiled when it is first looked at.
                    _ = (constraints.Create(parameter, text) as RegexRouteConstraint)?.Constraint;
                }
                // Whatever a constraint's constructor throws about its arguments is the operator's to know.
                catch (Exception e)
                {
                    check.Add(key, $"the constraint '{text}' of '{{{parameter.Name}}}' cannot be made ({e.Message.TrimEnd('.')})", "a constraint that the host knows, such as 'int' or 'length(1,20)'");
                    return false;
                }
            }
        }

        return true;
    }

    private static void CheckLanguages(PageOptions page, string key, OptionsCheck check)
    {
        for (var i = 0; i < page.Languages.Count; i++)
        {
            var tag = page.Languages[i];
            if (tag.Length is 0 or > 35 || !tag.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            {
                check.Add($"{key}:Languages:{i}", $"'{tag}' is no language tag", "a tag such as 'en' or 'de-AT'");
            }
        }
    }

    /// <summary>Whether a layout's path is given and stays below its root; if not, an error is added.</summary>
    public static void CheckLayout(string layout, string key, OptionsCheck check)
    {
        const string expected = "a file inside LayoutRoot, such as 'catalog.html'";
        if (!check.IsGiven(layout, key, expected))
        {
            return;
        }

        if (!IsInsideLayoutRoot(layout))
        {
            check.Add(key, $"'{layout}' is not a plain path inside LayoutRoot", expected);
        }
    }

    /// <summary>Whether a layout's path stays below its root. Judged alike on every system: what is a drive or a separator on one is refused on all.</summary>
    public static bool IsInsideLayoutRoot(string layout) =>
        layout.AsSpan().IndexOfAny('\\', ':', '\0') < 0 && !Array.Exists(layout.Split('/'), segment => segment.Trim() is "" or "." or "..");

    /// <summary>Whether a text can name a folder at all.</summary>
    public static bool IsFolder(string path) => !string.IsNullOrWhiteSpace(path) && !path.Contains('\0', StringComparison.Ordinal);
}
