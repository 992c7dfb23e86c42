using Stitcher.Parsing;

namespace Stitcher.Explaining;

/// <summary>The frame of the federation page. It works without its script, which only saves the wait for the next page while somebody types.</summary>
internal static class FederationDocument
{
    private static readonly string Style = PlanDocument.Read("plan.css") + PlanDocument.Read("federation.css");
    private static readonly string Script = PlanDocument.Read("federation.js");

    /// <summary>What the page may load: nothing. Its style and its script are known by their hashes.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src {InlineCode.Of(isScript: true, Script).PolicySource}; style-src {InlineCode.Of(isScript: false, Style).PolicySource}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static HtmlWriter Begin(string title, string filter)
    {
        var html = new HtmlWriter();
        PlanDocument.WriteHead(html, title, Style, "Skip to the federation", isFederation: true);
        html.Write($"""
            <form action="/_stitcher/federation" role="search">
            <label for="q">Name</label>
            <input id="q" name="q" value="{filter}" placeholder="a service or a package" autocomplete="off" autocapitalize="none" spellcheck="false">
            <button type="submit">Filter</button>
            </form>
            </header>
            <main id="main" tabindex="-1">

            """);
        return html;
    }

    public static string End(HtmlWriter html, string filter)
    {
        html.Write($"""
            </main>
            <footer class="foot"><p>For operators only: this listener is not the public one. <a href="/_stitcher/federation?format=json&q={Uri.EscapeDataString(filter)}">The same as JSON</a>. <a href="/_stitcher/federation?format=portfolio">What was negotiated over</a>, for the command <code>stitcher federation</code>.</p></footer>

            """);
        html.WriteScript(Script);
        return html.Write($"""

            </body>
            </html>

            """).ToString();
    }
}
