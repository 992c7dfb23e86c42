using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stitcher.Fetching;
using Stitcher.Manifests;
using Stitcher.Merging;
using Stitcher.Planning;
using Stitcher.Writing;

namespace Stitcher.Explaining;

/// <summary>Explains one page: composes it once and says what was decided, by whom and why.</summary>
internal sealed class PageExplainer(CatalogState catalog, FederationState federation, FragmentFetcher fetcher, HeadMerger heads, TimeProvider time)
{
    /// <param name="context">A request of its own, already routed: nothing of the asking operator's is in it.</param>
    /// <param name="plan">The page it was routed to.</param>
    public async Task<PageExplanation> ExplainAsync(HttpContext context, PagePlan plan)
    {
        var trial = await PageTrial.RunAsync(context, plan, fetcher, heads, time);
        var options = catalog.Current.Options.Pages.FirstOrDefault(p => p.Name == plan.Name);
        var layout = options?.Layout ?? plan.Name;
        var slots = new SlotExplainer(trial, time).Explain();
        var decisions = HeadMerger.Explain(plan, trial.Fetch).Decisions;
        var head = new HeadExplainer(trial, layout);
        return new PageExplanation(
            context.Request.Path.ToUriComponent() + context.Request.QueryString.ToUriComponent(),
            new PageFacts(
                plan.Name,
                plan.Route,
                layout,
                plan.Delivery.ToString(),
                options?.Deadline.TotalMilliseconds ?? 0,
                plan.Nested.Longest.TotalMilliseconds,
                plan.IsPersonal,
                [.. plan.Values.Select((value, i) => Describe(value, trial.Request.Values[i]))]),
            AnswerOf(trial),
            [
                .. Refusal(),
                .. slots.SelectMany(SlotWarnings),
                .. head.Conflicts(decisions),
                .. IdCollisions.In(trial, $"the layout {layout}"),
            ],
            slots,
            head.Explain(decisions),
            ImportMapExplainer.Explain(plan.ImportMap, federation.Current));
    }

    private static AnswerFacts AnswerOf(PageTrial trial) => new(
        trial.Status.Code,
        trial.Status.Location,
        trial.Status.Composes,
        trial.IsWhole,
        trial.Head is null ? null : PageWriter.LengthOf(trial.Fetch, trial.Head),
        Math.Round(trial.Took.Settled.TotalMilliseconds, 1),
        Math.Round(trial.Took.Complete.TotalMilliseconds, 1),
        [.. trial.Headers.Select(h => new HeaderFacts(h.Key, h.Value.ToString()))]);

    private static ValueFacts Describe(ValueSource source, string? value)
    {
        var (prefix, from) = source.Kind switch
        {
            ValueKind.Query => ("query.", "the query"),
            ValueKind.Cookie => ("cookie.", "a cookie, which a plan never has"),
            ValueKind.User => ("user.", "who is signed in; in a plan, nobody"),
            _ => ("", "the route"),
        };
        return new ValueFacts($"{{{prefix}{source.Name}}}", value is null && source.Default is not null ? $"{from}; here by default" : from, value ?? source.Default);
    }

    private IEnumerable<Warning> Refusal()
    {
        if (catalog.LastRefusal is { } refusal)
        {
            yield return new Warning("configuration-refused", $"A changed configuration was refused, the last good one is in force: {refusal}");
        }
    }

    private static IEnumerable<Warning> SlotWarnings(SlotExplanation slot)
    {
        if (slot.Result is { Cause: not null, Shows: "fragment", Status: { } status })
        {
            yield return new Warning("primary-status", $"Slot {slot.Number}, {slot.Address}: it answered {status}, which is the page's status; what it sent is shown.");
        }
        else if (slot.Result is { Cause: { } cause } result)
        {
            yield return new Warning(
                "slot-failed", $"Slot {slot.Number}, {slot.Address}: {cause}{(result.Detail is { } detail ? $" ({detail})" : "")}. It shows {(result.Shows == "own content" ? "its own content" : result.Shows == "nothing" ? "nothing" : "the " + result.Shows)}.");
        }

        if (slot.CutFromMs is { } cut)
        {
            yield return new Warning(
                "timeout-cut",
                string.Create(CultureInfo.InvariantCulture, $"Slot {slot.Number}, {slot.Address}: its timeout of {cut:0} ms is longer than the page allows and was cut to {slot.TimeoutMs:0} ms. Shorten it, or lengthen the page's Deadline."));
        }

        foreach (var warning in slot.Nested.SelectMany(SlotWarnings))
        {
            yield return warning;
        }
    }
}
