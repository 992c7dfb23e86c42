using System.Globalization;

namespace Stitcher.Explaining;

/// <summary>What the pages of plans have in common: tables that become lists on a small screen, and how sizes and times are written.</summary>
internal static class PlanText
{
    // The roles are those that the elements have by themselves; browsers forget them when a style makes lists of tables.
    public static void BeginTable(HtmlWriter html, string id, string title, int count, params ReadOnlySpan<string> columns)
    {
        html.Write($"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{title} <span class="count">{count}</span></h2>
            <table role="table" aria-labelledby="{id}"><thead role="rowgroup"><tr role="row">
            """);
        foreach (var column in columns)
        {
            html.Write($"""<th role="columnheader" scope="col">{column}</th>""");
        }

        html.Write($"""</tr></thead><tbody role="rowgroup">""");
    }

    public static void EndTable(HtmlWriter html) => html.Write($"</tbody></table></section>\n");

    public static string Bytes(long? bytes) => bytes switch
    {
        null => "–",
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.#} KB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024d:0.#} MB"),
    };

    public static string Time(double milliseconds) => milliseconds switch
    {
        < 10_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
        < 600_000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 60_000:0} min"),
    };
}
