using Stitcher.Parsing;

namespace Stitcher.Explaining;

/// <summary>The frame of the pages on which operators read plans. They need nothing but their own style: no script, no other file.</summary>
internal static class PlanDocument
{
    private static readonly string Style = Read("plan.css");

    /// <summary>What the pages may load: nothing. Whatever gets into them by a fragment's name does not run.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src {InlineCode.Of(isScript: false, Style).PolicySource}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static HtmlWriter Begin(string title, string path)
    {
        var html = new HtmlWriter();
        WriteHead(html, title, Style, "Skip to the plan");
        html.Write($"""
            <form action="/_stitcher/plan" role="search">
            <label for="path">Path</label>
            <input id="path" name="path" value="{path}" placeholder="/products/7" required autocomplete="off" autocapitalize="none" spellcheck="false" inputmode="url">
            <button type="submit">Show its plan</button>
            </form>
            </header>
            <main id="main" tabindex="-1">

            """);
        return html;
    }

    public static string End(HtmlWriter html, string json) => html.Write($"""
        </main>
        <footer class="foot"><p>For operators only: this listener is not the public one. <a href="{json}">The same as JSON</a></p></footer>
        </body>
        </html>

        """).ToString();

    /// <summary>Everything up to the form in the page's top.</summary>
    public static void WriteHead(HtmlWriter html, string title, string style, string skip, bool isFederation = false)
    {
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{title}</title>

            """);
        html.WriteStyle(style);
        html.Write($"""

            </head>
            <body>
            <a class="skip" href="#main">{skip}</a>
            <header class="top">
            <a class="brand" href="/_stitcher/plan"><svg viewBox="0 0 64 24" width="64" height="24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" aria-hidden="true" focusable="false"><path d="M3 12h9M20 12h9"/><path d="M36 12c5 0 4 6 8 6M52 6c-3-1-3 6-7 6"/><path d="M53 12h8"/></svg><span>Stitcher</span></a>
            <nav aria-label="Views"><a href="/_stitcher/plan">Plans</a> <a href="/_stitcher/federation"{(isFederation ? " aria-current=page" : "")}>Federation</a></nav>

            """);
    }

    /// <summary>One of the project's own files that stand in these pages.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PlanDocument).Assembly.GetManifestResourceStream("Stitcher.Explaining." + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
