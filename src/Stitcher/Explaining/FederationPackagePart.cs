using System.Collections.Immutable;

namespace Stitcher.Explaining;

/// <summary>One package on the federation page, or those that come from one build: closed, a line; open, everything that was decided.</summary>
internal static class FederationPackagePart
{
    public static void Write(HtmlWriter html, FederationPackage package)
    {
        var isWrong = package.Level != "info";
        html.Write($"""
            <details class="slot package" data-name="{string.Join(' ', FederationPackages.Names(package)).ToLowerInvariant()}"{(package.Matches ? "" : " hidden")}{(isWrong ? " open" : "")}>
            <summary><span class="number"></span><span class="address">{string.Join(", ", package.Packages)}{(package.Scope == "default" ? "" : $" (share scope {package.Scope})")}</span>
            """);
        html.Write($"""<span class="version">{(package.Provider is null ? "no winner" : $"{package.Version} from {package.Provider}")}</span><span class="chips">""");
        foreach (var outcome in package.Consumers.GroupBy(static c => c.Outcome).OrderBy(static g => g.Key == "shared"))
        {
            html.Write($"""<span class="chip {Tone(outcome)}">{outcome.Count()} {outcome.Key}</span>""");
        }

        html.Write($"""
            </span></summary>
            <div class="inside" id="{FederationAnchor.OfPackage(package.Unit)}">
            <p>
            """);

        // A diagnostic names any of them, and so may whoever links here.
        foreach (var other in package.Packages.Skip(1))
        {
            html.Write($"""<span id="{FederationAnchor.OfPackage(package.Scope == "default" ? other : $"{package.Scope}#{other}")}"></span>""");
        }

        html.Write($"""
            {Winner(package)} {package.Why}{(package.Packages.Length > 1 ? " All of them come from one build, whoever wins." : "")} <span class="tag">{package.Reason}</span></p>

            """);
        WriteConsumers(html, package);
        WriteOffers(html, package);
        html.Write($"</div></details>\n");
    }

    private static string Winner(FederationPackage package) =>
        package.Provider is null ? "No copy serves everybody." : $"{package.Version} from {package.Provider} serves everybody who says nothing else.";

    private static void WriteConsumers(HtmlWriter html, FederationPackage package)
    {
        Begin(html, "Who runs on what", "Service", "Accepts", "Outcome", "Which means", "Costs");
        foreach (var consumer in package.Consumers.OrderBy(static c => c.Level switch { "error" => 0, "warning" => 1, _ => 2 }))
        {
            html.Write($"""
                <tr role="row"><th role="rowheader" scope="row">{consumer.Service}{(consumer.Retained ? " (kept for older pages)" : "")}</th><td role="cell" data-label="Accepts"><code>{consumer.Range}</code></td><td role="cell" data-label="Outcome"><span class="chip {Tone(consumer)}">{consumer.Outcome}</span></td><td role="cell" data-label="Means">{consumer.Says}</td><td role="cell" data-label="Costs">{(consumer.ExtraBytes is { } bytes ? $"{PlanText.Bytes(bytes)} more" : consumer.Outcome is "own" or "borrowed" ? "size not known" : "–")}</td></tr>

                """);
        }

        html.Write($"</tbody></table>\n");
    }

    private static void WriteOffers(HtmlWriter html, FederationPackage package)
    {
        if (package.Offers.IsEmpty)
        {
            return;
        }

        Begin(html, "Who offers it", "Service", "Version", "Weighs", "If it won");
        foreach (var offer in package.Offers)
        {
            html.Write($"""
                <tr role="row"><th role="rowheader" scope="row">{offer.Provider}</th><td role="cell" data-label="Version"><code>{offer.Version}</code> 
                """);
            if (offer.Wins)
            {
                html.Write($"""<span class="chip good">wins</span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Weighs">{PlanText.Bytes(offer.Bytes)}</td><td role="cell" data-label="If it won">{offer.Says}</td></tr>""");
        }

        html.Write($"</tbody></table>\n");
    }

    private static void Begin(HtmlWriter html, string title, params ReadOnlySpan<string> columns)
    {
        html.Write($"""<h3>{title}</h3><table role="table" aria-label="{title}"><thead role="rowgroup"><tr role="row">""");
        foreach (var column in columns)
        {
            html.Write($"""<th role="columnheader" scope="col">{column}</th>""");
        }

        html.Write($"""</tr></thead><tbody role="rowgroup">""");
    }

    private static string Tone(IEnumerable<FederationConsumer> consumers) =>
        consumers.Select(Tone).MinBy(static tone => ImmutableArray.Create("bad", "mild", "plain", "good").IndexOf(tone))!;

    private static string Tone(FederationConsumer consumer) => consumer switch
    {
        { Level: "error" } => "bad",
        { Level: "warning" } => "mild",
        { Outcome: "shared" } => "good",
        _ => "plain",
    };
}
