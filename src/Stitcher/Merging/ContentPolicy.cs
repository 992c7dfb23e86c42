using System.Collections.Immutable;
using System.Text;
using Stitcher.Browser;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>
/// The page's Content-Security-Policy. What stands in the page's own text is allowed by hash and not by nonce, so that the page
/// can be cached and answered with 304.
/// </summary>
internal static class ContentPolicy
{
    /// <param name="plan">The page.</param>
    /// <param name="inline">The scripts and styles in the text of layout and fragments.</param>
    public static string For(PagePlan plan, IEnumerable<InlineCode> inline)
    {
        var code = inline.Distinct().ToLookup(c => c.IsScript, c => c.PolicySource);
        var origins = plan.AssetOrigins;
        var scripts = code[true].Concat(plan.Slots.SelectMany(s => s.Service.ScriptSources));
        if (plan.StartsRuntime)
        {
            scripts = scripts.Prepend(RuntimeStart.PolicySource);
        }

        if (plan.ImportMapSource is { } map)
        {
            scripts = scripts.Prepend(map);
        }

        scripts = scripts.Concat(plan.Slots.SelectMany(static s => new[] { s.Start, s.Fallback?.Start }).OfType<StartScript>().Select(static start => start.PolicySource));
        if (plan.HasDeferred)
        {
            scripts = scripts.Append(MoverScript.PolicySource);
        }

        return Write(origins, scripts.Distinct(), code[false], plan.InlineStyleAttributes);
    }

    /// <param name="page">An error page of the site's own.</param>
    public static string For(ErrorLayout page)
    {
        var code = page.Inline.Distinct().ToLookup(c => c.IsScript, c => c.PolicySource);
        return Write(page.AssetOrigins, code[true], code[false], styleAttributes: false);
    }

    private static string Write(ImmutableArray<string> origins, IEnumerable<string> scripts, IEnumerable<string> styles, bool styleAttributes)
    {
        var policy = new StringBuilder("default-src 'self'");
        Append(policy, "script-src", [.. origins, .. scripts]);
        Append(policy, "style-src", [.. origins, .. styles]);
        if (styleAttributes)
        {
            policy.Append("; style-src-attr 'unsafe-inline'");
        }

        Append(policy, "img-src", ["data:", .. origins]);
        Append(policy, "font-src", [.. origins]);
        return policy.Append("; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'").ToString();
    }

    private static void Append(StringBuilder policy, string directive, string[] sources)
    {
        policy.Append("; ").Append(directive).Append(" 'self'");
        foreach (var source in sources)
        {
            policy.Append(' ').Append(source);
        }
    }
}
