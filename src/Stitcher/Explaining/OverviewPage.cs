using System.Collections.Immutable;
using System.Globalization;

namespace Stitcher.Explaining;

/// <summary>All pages and services, to read and to choose from; also the answer about a path that no page has.</summary>
internal static class OverviewPage
{
    public static string Render(GatewayOverview gateway)
    {
        var html = PlanDocument.Begin(gateway.Problem is null ? "Pages and services – plan" : "No such page – plan", gateway.Path ?? "");
        if (gateway.Problem is { } problem)
        {
            html.Write($"""
                <p class="kicker">No plan for</p>
                <h1><code>{gateway.Path}</code></h1>
                <p class="lede">{problem}</p>

                """);
        }
        else
        {
            html.Write($"""
                <p class="kicker">Gateway</p>
                <h1>{Count(gateway.Pages.Length, "page")} from {Count(gateway.Services.Length, "service")}</h1>
                <p class="lede">Choose a page, or type any path above, to see how it is put together and what becomes of its slots. What the services share in browsers is told by the <a href="/_stitcher/federation">federation</a>.</p>

                """);
        }

        if (gateway.RefusedConfiguration is { } refusal)
        {
            html.Write($"""
                <section class="warnings" aria-labelledby="refused"><h2 id="refused">A changed configuration was refused</h2><p>The last good one is in force. {refusal}</p></section>

                """);
        }

        WritePages(html, gateway.Pages);
        WriteServices(html, gateway.Services);
        return PlanDocument.End(html, "/_stitcher/plan?format=json");
    }

    private static void WritePages(HtmlWriter html, ImmutableArray<PageSummary> pages)
    {
        PlanText.BeginTable(html, "pages", "Pages", pages.Length, "Page", "Route", "Layout", "Slots", "Delivery", "Deadline");
        foreach (var page in pages)
        {
            html.Write($"""<tr role="row"><th role="rowheader" scope="row">""");
            if (page.Example is { } example)
            {
                html.Write($"""<a href="/_stitcher/plan?path={Uri.EscapeDataString(example)}">{page.Name}</a>""");
            }
            else
            {
                html.Write($"{page.Name}");
            }

            html.Write($"""
                </th><td role="cell" data-label="Route"><code>{page.Route}</code></td><td role="cell" data-label="Layout"><code>{page.Layout}</code></td><td role="cell" data-label="Slots">{page.Slots}</td><td role="cell" data-label="Delivery">{page.Delivery}</td><td role="cell" data-label="Deadline">{PlanText.Time(page.DeadlineMs)}</td></tr>

                """);
        }

        PlanText.EndTable(html);
    }

    private static void WriteServices(HtmlWriter html, ImmutableArray<ServiceSummary> services)
    {
        PlanText.BeginTable(html, "services", "Services", services.Length, "Service", "Destinations", "Manifest", "Trust", "Fragments");
        foreach (var service in services)
        {
            var tone = service.Health switch
            {
                "available" => "good",
                "unavailable" or "not answering" => "bad",
                _ => "mild",
            };
            html.Write($"""
                <tr role="row"><th role="rowheader" scope="row">{service.Name}</th><td role="cell" data-label="Destinations"><span class="chip {tone}">{service.Health}</span>
                """);
            foreach (var destination in service.Destinations)
            {
                html.Write($""" <code class="line">{destination.Address}{StateOf(destination)}</code>""");
            }

            if (service.CircuitUntil is { } rested)
            {
                html.Write($""" <span class="quiet">circuit {service.Circuit}, at rest until {rested:HH:mm:ss} UTC</span>""");
            }

            if (service.InFlight > 0)
            {
                html.Write($""" <span class="quiet">{service.InFlight} of {service.MostInFlight} questions on their way</span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Manifest">{(service.Manifest == "read" ? "" : service.Manifest)}<code>{service.Revision}</code>""");
            if (service.BuiltAt is { } built)
            {
                html.Write($""" <span class="quiet line">built {built:yyyy-MM-dd HH:mm} UTC</span>""");
            }

            html.Write($"""
                </td><td role="cell" data-label="Trust">{service.Trust}</td><td role="cell" data-label="Fragments">{string.Join(", ", service.Fragments)}</td></tr>

                """);
        }

        PlanText.EndTable(html);
    }

    private static string StateOf(DestinationSummary destination) => destination switch
    {
        { Available: true, OutUntil: null } => "",
        { Available: true } => " (failing, but there is no better one)",
        { OutUntil: { } until } => string.Create(CultureInfo.InvariantCulture, $" (out until {until:HH:mm:ss} UTC)"),
        _ => " (out)",
    };

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
