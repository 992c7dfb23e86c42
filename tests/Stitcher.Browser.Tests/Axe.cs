using System.Text.Json;
using Deque.AxeCore.Commons;

namespace Stitcher.Browser.Tests;

/// <summary>The axe rules for WCAG 2.2 A and AA and for good practice, run in the page.</summary>
internal static class Axe
{
    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    /// <summary>Every finding: its rule, how bad it is, and where.</summary>
    public static async Task<IReadOnlyList<string>> FindingsAsync(Window window)
    {
        await window.Page.EvaluateAsync(Script);
        var findings = await window.Page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(rule =>
              `${rule.impact} ${rule.id}: ${rule.help}: ${rule.nodes.map(node => `${node.target} ${node.any.map(check => check.message)}`).join('; ')}`)
            """);
        return [.. findings.EnumerateArray().Select(finding => finding.GetString()!)];
    }
}
