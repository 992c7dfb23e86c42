using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Stitcher.Manifests;

/// <summary>The paths of a service that browsers may fetch. Everything else of it needs a route of the operator's.</summary>
internal sealed class AssetPaths(IEnumerable<string> patterns)
{
    private readonly TemplateMatcher[] _matchers =
        [.. patterns.Select(p => new TemplateMatcher(TemplateParser.Parse(p.TrimStart('/')), new RouteValueDictionary()))];

    /// <summary>As they were written, separated by blanks.</summary>
    public string Patterns { get; } = string.Join(' ', patterns);

    public bool Contain(string path) => Array.Exists(_matchers, m => m.TryMatch(path, []));
}
