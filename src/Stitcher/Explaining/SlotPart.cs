namespace Stitcher.Explaining;

/// <summary>One slot on a plan's page: a line that says how it fares, and all else behind it.</summary>
internal static class SlotPart
{
    public static void Write(HtmlWriter html, SlotExplanation slot, double longest)
    {
        // What went wrong is open already: nobody should have to look for it.
        if (slot.Result?.Cause is null)
        {
            html.Write($"""<details class="slot">""");
        }
        else
        {
            html.Write($"""<details class="slot" open>""");
        }

        WriteSummary(html, slot, longest);
        html.Write($"""<div class="inside">""");
        WriteResult(html, slot);
        WritePlan(html, slot);
        html.Write($"</div>");
        if (!slot.Nested.IsEmpty)
        {
            html.Write($"""<div class="nested"><p class="quiet">Nested in it</p>""");
            foreach (var nested in slot.Nested)
            {
                Write(html, nested, longest);
            }

            html.Write($"</div>");
        }

        html.Write($"</details>\n");
    }

    private static void WriteSummary(HtmlWriter html, SlotExplanation slot, double longest)
    {
        html.Write($"""<summary><span class="number">{slot.Number}</span><span class="name"><span class="address">{Service(slot.Address)}<wbr>{slot.Address[Service(slot.Address).Length..]}</span>""");
        if (slot.Role != "optional")
        {
            html.Write($""" <span class="tag">{slot.Role}</span>""");
        }

        if (slot.Deferred)
        {
            html.Write($""" <span class="tag">deferred</span>""");
        }

        html.Write($"</span>");
        if (slot.Result is { } result)
        {
            var width = longest <= 0 ? 0 : Math.Clamp(100 * result.Ms / longest, result.Ms > 0 ? 1 : 0, 100);
            html.Write($"""
                <span class="chip {Tone(result)}">{result.Outcome}{(result.Cause is null ? "" : ": " + result.Cause)}</span><span class="took">{PlanText.Time(result.Ms)}<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="4"/><rect class="{Tone(result)}" width="{width:0.#}" height="4"/></svg></span>
                """);
        }

        html.Write($"</summary>");
    }

    private static void WriteResult(HtmlWriter html, SlotExplanation slot)
    {
        if (slot.Result is not { } result)
        {
            return;
        }

        html.Write($"""<div><h3>What came of it</h3><dl>""");
        if (result.Detail is { } detail)
        {
            Row(html, "Because", detail);
        }

        Row(html, "Shows", $"{result.Shows}{(result.Bytes > 0 ? $", {PlanText.Bytes(result.Bytes)}" : "")}");
        Row(html, "Service said", result.Status is { } status ? $"{status}" : "nothing");
        if (result.AgeMs is { } age)
        {
            Row(html, "Is stale", $"its service made it {PlanText.Time(age)} ago");
        }

        Row(html, "Took", result.Outcome is "cached" or "stale" && result.Ms == 0 ? "nothing: it was remembered" : PlanText.Time(result.Ms));
        Row(html, "Fresh for", result.FreshForMs is { } fresh ? $"{PlanText.Time(fresh)} more" : "this page only");
        Row(html, "Head parts", $"{result.HeadParts}");
        html.Write($"</dl></div>");
    }

    private static void WritePlan(HtmlWriter html, SlotExplanation slot)
    {
        html.Write($"""<div><h3>What was planned</h3><dl>""");
        CodeRow(html, "Asks for", slot.Target ?? "nothing: there is no address to ask");
        CodeRow(html, "Written as", slot.Source);
        Row(html, "Stands in", $"{slot.Ancestors.Replace(" ", " › ", StringComparison.Ordinal)}; {slot.File}, line {slot.Line}");
        if (slot.TimeoutMs is { } timeout)
        {
            Row(html, "Has", $"{PlanText.Time(timeout)}{(slot.CutFromMs is { } cut ? $", cut from {PlanText.Time(cut)} by the page's deadline" : "")}");
        }

        Row(html, "Without it", slot.HasContent ? "the slot's own content is shown" : "nothing is shown");
        if (slot.Fallback is { } fallback)
        {
            CodeRow(html, "Falls back to", $"{fallback.Address}  {fallback.Target}");
        }

        Row(html, "Trust", $"{slot.Trust}{(slot.MayNest ? ", may nest slots" : "")}");
        CodeRow(html, "Cache key", slot.CacheKey ?? "none");
        html.Write($"</dl></div>");
    }

    private static void Row(HtmlWriter html, string term, string text) => html.Write($"<dt>{term}</dt><dd>{text}</dd>");

    private static void CodeRow(HtmlWriter html, string term, string code) => html.Write($"<dt>{term}</dt><dd><code>{code}</code></dd>");

    // A long name is broken behind the slash before it is broken anywhere else.
    private static string Service(string address) => address[..(address.IndexOf('/', StringComparison.Ordinal) + 1)];

    private static string Tone(ResultExplanation result) => result.Outcome switch
    {
        // A primary that says "there is none" has answered: that is the page.
        "failed" when result.Shows == "fragment" => "mild",
        "failed" => "bad",
        "fallback-fragment" or "stale" => "mild",
        _ => "good",
    };
}
