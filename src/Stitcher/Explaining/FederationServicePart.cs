using System.Collections.Immutable;

namespace Stitcher.Explaining;

/// <summary>The table of services on the federation page.</summary>
internal static class FederationServicePart
{
    public static void Write(HtmlWriter html, ImmutableArray<FederationService> services)
    {
        PlanText.BeginTable(html, "services", "Services", services.Length, "Service", "Manifest", "Files", "Revision", "Kept for older pages", "Exposes", "Shares");
        foreach (var service in services.OrderBy(static s => s is { State: "fresh", Trouble: null, AssetsUp: true, Withheld: false }))
        {
            var tone = service.State switch
            {
                "fresh" when service.Trouble is null => "good",
                "fresh" or "stale" => "mild",
                _ => "bad",
            };
            html.Write($"""
                <tr role="row" id="{FederationAnchor.OfService(service.Name)}" data-name="{service.Name.ToLowerInvariant()}"{(service.Matches ? "" : " hidden")}><th role="rowheader" scope="row">{service.Name}
                """);
            if (service.Host)
            {
                html.Write($""" <span class="tag">host</span>""");
            }

            if (service.Withheld)
            {
                html.Write($""" <span class="chip bad">withheld</span>""");
            }

            html.Write($"""</th><td role="cell" data-label="Manifest"><span class="chip {tone}">{service.State}</span>""");
            if (service.State != "fresh" && service.LastSeen is { } seen)
            {
                html.Write($""" <span class="quiet line">last seen {seen:yyyy-MM-dd HH:mm:ss} UTC</span>""");
            }

            if (service.Trouble is { } trouble)
            {
                html.Write($""" <span class="quiet line">{trouble}</span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Files">""");
            if (service.AssetsUp is { } isUp)
            {
                html.Write($"""<span class="chip {(isUp ? "good" : "bad")}">{(isUp ? "up" : "down")}</span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Revision"><code>{service.Revision}</code>""");
            if (service.BuiltAt is { } built)
            {
                html.Write($""" <span class="quiet line">built {built:yyyy-MM-dd HH:mm} UTC</span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Kept for older pages">""");
            foreach (var old in service.Retained)
            {
                html.Write($"""<span class="line"><code>{old.Revision}</code> <span class="quiet">{(old.Replaced is { } at ? $"replaced {at:yyyy-MM-dd HH:mm} UTC" : "")}</span></span>""");
            }

            html.Write($"""</td><td role="cell" data-label="Exposes">{service.Exposes}</td><td role="cell" data-label="Shares">{service.Shares}</td></tr>""");
        }

        PlanText.EndTable(html);
    }
}
