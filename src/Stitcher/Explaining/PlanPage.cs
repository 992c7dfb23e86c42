using System.Collections.Immutable;
using Stitcher.Browser;

namespace Stitcher.Explaining;

/// <summary>A page's plan, to read.</summary>
internal static class PlanPage
{
    public static string Render(PageExplanation plan)
    {
        var html = PlanDocument.Begin($"{plan.Path}: {plan.Answer.Status} – plan", plan.Path);
        html.Write($"""
            <p class="kicker">Plan of the page <strong>{plan.Page.Name}</strong></p>
            <h1><code>{plan.Path}</code></h1>
            <p class="lede">Matches the route <code>{plan.Page.Route}</code> and is laid out by <code>{plan.Page.Layout}</code>. It was composed once for this plan, as a visitor without cookies would get it.</p>

            """);
        WriteFacts(html, plan);
        WriteWarnings(html, plan.Warnings);
        WriteSlots(html, plan);
        WriteHead(html, plan.Head);
        WriteImportMap(html, plan.ImportMap);
        WriteHeaders(html, plan.Answer);
        WriteValues(html, plan.Page.Values);
        return PlanDocument.End(html, $"/_stitcher/plan?format=json&path={Uri.EscapeDataString(plan.Path)}");
    }

    private static void WriteFacts(HtmlWriter html, PageExplanation plan)
    {
        var answer = plan.Answer;
        var (leaves, how) = !answer.Composed ? ("not composed", answer.Location is { } to ? $"leads to {to}" : "the gateway's own answer")
            : answer.Whole ? ("whole", $"delivery {plan.Page.Delivery}")
            : ("streamed", $"delivery {plan.Page.Delivery}");
        var (tone, meaning) = answer.Status switch
        {
            < 300 => ("good", "as planned"),
            < 400 => ("good", "the primary redirects"),
            < 500 => ("mild", "the primary's answer"),
            _ => ("bad", "the page fails"),
        };
        var keep = answer.Headers.FirstOrDefault(h => h.Name == "Cache-Control")?.Value ?? "";
        html.Write($"""
            <dl class="facts">
            <div class="{tone}"><dt>Status</dt><dd>{answer.Status}</dd><dd class="note">{meaning}</dd></div>
            <div><dt>Leaves</dt><dd>{leaves}</dd><dd class="note">{how}</dd></div>
            <div><dt>Complete after</dt><dd>{answer.CompleteMs:0.#} ms</dd><dd class="note">status known after {answer.StatusKnownMs:0.#} ms</dd></div>
            <div><dt>Deadline</dt><dd>{plan.Page.DeadlineMs:0} ms</dd><dd class="note">{plan.Page.LongestSlotMs:0} ms for a slot</dd></div>
            <div><dt>Size</dt><dd>{PlanText.Bytes(answer.Bytes)}</dd><dd class="note">before compression</dd></div>
            <div><dt>Kept by caches</dt><dd class="word">{keep}</dd><dd class="note">{(plan.Page.Personal ? "depends on who asks" : "the same for everybody")}</dd></div>
            </dl>

            """);
    }

    private static void WriteWarnings(HtmlWriter html, ImmutableArray<Warning> warnings)
    {
        if (warnings.IsEmpty)
        {
            html.Write($"""<p class="calm">Nothing to look at: every slot shows its fragment, no ids or head parts collide.</p>""");
            return;
        }

        html.Write($"""
            <section class="warnings" aria-labelledby="warnings">
            <h2 id="warnings">{warnings.Length} {(warnings.Length == 1 ? "thing" : "things")} to look at</h2>
            <ul>

            """);
        foreach (var warning in warnings)
        {
            html.Write($"""<li><span class="tag">{warning.Code}</span> <span>{warning.Message}</span></li>""");
        }

        html.Write($"</ul></section>\n");
    }

    private static void WriteSlots(HtmlWriter html, PageExplanation plan)
    {
        html.Write($"""
            <section aria-labelledby="slots">
            <h2 id="slots">Slots <span class="count">{plan.Slots.Length}</span></h2>

            """);
        if (plan.Slots.IsEmpty)
        {
            html.Write($"""<p class="quiet">The layout has none: the page is its layout.</p>""");
        }

        foreach (var slot in plan.Slots)
        {
            SlotPart.Write(html, slot, plan.Page.LongestSlotMs);
        }

        html.Write($"</section>\n");
    }

    private static void WriteHead(HtmlWriter html, ImmutableArray<HeadExplanation> head)
    {
        if (head.IsEmpty)
        {
            return;
        }

        PlanText.BeginTable(html, "head", "Head", head.Length, "What", "From", "Decision", "Why");
        foreach (var part in head)
        {
            var tone = part.Verdict switch
            {
                "written" => "good",
                "conflict" => "bad",
                "layout-first" or "not-primary" => "mild",
                _ => "plain",
            };
            html.Write($"""
                <tr role="row"><td role="cell" data-label="What"><code>{part.Html}</code></td><td role="cell" data-label="From">{part.From}</td><td role="cell" data-label="Decision"><span class="chip {tone}">{part.Verdict}</span></td><td role="cell" data-label="Why" class="quiet">{part.Why}</td></tr>

                """);
        }

        PlanText.EndTable(html);
    }

    private static void WriteImportMap(HtmlWriter html, ImmutableArray<ImportMapEntry> map)
    {
        if (map.IsEmpty)
        {
            return;
        }

        PlanText.BeginTable(html, "map", "Import map", map.Length, "Specifier", "Address", "From", "Why");
        foreach (var entry in map)
        {
            html.Write($"""
                <tr role="row"><td role="cell" data-label="Specifier"><code>{entry.Specifier}</code>{(entry.Scope is null ? "" : $" in {entry.Scope}")}</td><td role="cell" data-label="Address"><code>{entry.Address}</code></td><td role="cell" data-label="From">{entry.Service ?? (RuntimeModules.All.Any(module => module.Specifier == entry.Specifier) ? "the gateway" : "nobody")} <span class="quiet">{entry.Revision}</span></td><td role="cell" data-label="Why" class="quiet">{entry.Why}</td></tr>

                """);
        }

        PlanText.EndTable(html);
    }

    private static void WriteHeaders(HtmlWriter html, AnswerFacts answer)
    {
        PlanText.BeginTable(html, "headers", "Response headers", answer.Headers.Length, "Name", "Value");
        foreach (var header in answer.Headers)
        {
            html.Write($"""<tr role="row"><th role="rowheader" scope="row"><code>{header.Name}</code></th><td role="cell">""");
            if (header.Name == "Content-Security-Policy")
            {
                foreach (var directive in header.Value.Split("; "))
                {
                    html.Write($"""<code class="line">{directive}</code>""");
                }
            }
            else
            {
                html.Write($"<code>{header.Value}</code>");
            }

            html.Write($"</td></tr>\n");
        }

        PlanText.EndTable(html);
    }

    private static void WriteValues(HtmlWriter html, ImmutableArray<ValueFacts> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        PlanText.BeginTable(html, "values", "Values that slots take", values.Length, "Place", "Value", "From");
        foreach (var value in values)
        {
            html.Write($"""<tr role="row"><td role="cell" data-label="Place"><code>{value.Place}</code></td><td role="cell" data-label="Value">""");
            if (value.Value is null)
            {
                html.Write($"""<span class="quiet">none</span>""");
            }
            else
            {
                html.Write($"<code>{value.Value}</code>");
            }

            html.Write($"""</td><td role="cell" data-label="From" class="quiet">{value.From}</td></tr>""");
        }

        PlanText.EndTable(html);
    }
}
