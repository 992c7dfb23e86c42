using System.Globalization;
using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>Visits day by day, and what people looked at. Everybody's figures may be kept for a minute, one user's by nobody.</summary>
internal static class AnalyticsDashboard
{
    private static readonly (string Name, int Days, string Text)[] Ranges =
        [("7d", 7, "7 days"), ("30d", 30, "30 days"), ("90d", 90, "90 days")];

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("AnalyticsDashboard", "/fragments/analytics-dashboard", RenderAsync)
        .WithCategory("feature")
        .WithDescription("Visits of the last 7, 30 or 90 days, and the products most looked at.")
        .WithModule("analytics-dashboard.js", "default")
        .WithElement("visit-range")
        .WithStyles("analytics-dashboard.css")
        .WithTags("analytics")
        .CacheFor(TimeSpan.FromSeconds(60))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="userId">Whose visits; without it, everybody's.</param>
    /// <param name="range"><c>7d</c>, <c>30d</c> or <c>90d</c>; anything else counts as <c>30d</c>, for it comes from an address that people edit.</param>
    /// <param name="timeRange">Another name for <paramref name="range"/>.</param>
    /// <param name="compact">True for a short note.</param>
    private static async Task<FragmentResult> RenderAsync(
        VisitStore store, TimeProvider time, CancellationToken ct, int? userId = null, string? range = null, string? timeRange = null, bool compact = false)
    {
        var wanted = range ?? timeRange;
        var (name, days, _) = Ranges.FirstOrDefault(choice => choice.Name == wanted, Ranges[1]);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var figures = await store.FiguresAsync(today, days, userId, compact ? 3 : 10, ct);
        var result = FragmentResults.Html(compact ? Note(figures, days) : Board(figures, name, days));
        return userId is null ? result : result.NoStore();
    }

    private static FragmentMarkup Board(VisitFigures figures, string range, int days) => FragmentMarkup.Html(
        $"""
        <section class="analytics-dashboard" aria-label="Analytics" data-module="analytics/AnalyticsDashboard">
          <nav class="board-ranges" aria-label="Range"><ul>{Ranges.Select(choice => Choice(choice.Name, choice.Text, choice.Name == range))}</ul></nav>
          <dl class="board-figures">
            <div><dt>Visits</dt><dd>{Number(figures.Visits)}</dd><dd class="board-change">{Change(figures, days)}</dd></div>
            <div><dt>Pages looked at</dt><dd>{Number(figures.Views)}</dd><dd class="board-change">{PerVisit(figures)} on each visit</dd></div>
            <div><dt>Best day</dt><dd>{Number(Best(figures).Visits)}</dd><dd class="board-change">{Day(Best(figures).Day)}</dd></div>
          </dl>
          <div class="board-parts">
            <div class="board-part">
              <h2>Visits, day by day</h2>
              <visit-range></visit-range>
              {VisitChart.Draw(figures.Days)}
              <details class="board-table">
                <summary>The same as a table</summary>
                <div class="board-scroll" tabindex="0" role="region" aria-label="Visits, day by day">
                  <table>
                    <thead><tr><th scope="col">Day</th><th scope="col">Visits</th></tr></thead>
                    <tbody>{figures.Days.Reverse().Select(Row)}</tbody>
                  </table>
                </div>
              </details>
            </div>
            <div class="board-part">
              <h2>Most looked at</h2>
              <ol class="board-top">{figures.TopProducts.Select(product => Top(product, figures.TopProducts[0].Views))}</ol>
            </div>
          </div>
        </section>
        """);

    private static FragmentMarkup Note(VisitFigures figures, int days) => FragmentMarkup.Html(
        $"""
        <section class="analytics-dashboard compact" aria-label="Analytics" data-module="analytics/AnalyticsDashboard">
          <h2>{(days == 7 ? "This week" : $"Last {days} days")}</h2>
          <p class="note-visits"><strong>{Number(figures.Visits)}</strong> visits</p>
          {VisitChart.Spark(figures.Days)}
          <h3>Most looked at</h3>
          <ol class="board-top">{figures.TopProducts.Select(product => Top(product, figures.TopProducts[0].Views))}</ol>
          <p><a href="/analytics">All figures</a></p>
        </section>
        """);

    private static FragmentMarkup Choice(string name, string text, bool isChosen) => FragmentMarkup.Html(
        $"""<li><a href="/analytics?range={name}" {FragmentMarkup.Attribute("aria-current", isChosen ? "true" : null)}>{text}</a></li>""");

    private static FragmentMarkup Top(ProductViews product, int most) => FragmentMarkup.Html(
        $"""
        <li>
          <a href="/products/{product.ProductId}">{product.Name}</a>
          <span class="board-views">{Number(product.Views)}</span>
          <svg class="board-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{100.0 * product.Views / most:0.#}" height="4"/></svg>
        </li>
        """);

    private static FragmentMarkup Row(VisitDay day) => FragmentMarkup.Html($"<tr><th scope=\"row\">{Day(day.Day)}</th><td>{day.Visits}</td></tr>");

    private static VisitDay Best(VisitFigures figures) => figures.Days.MaxBy(day => day.Visits)!;

    private static FragmentMarkup Day(DateOnly day) => FragmentMarkup.Html(
        $"""<time datetime="{day}">{day.ToString("ddd d MMM", CultureInfo.InvariantCulture)}</time>""");

    private static string Change(VisitFigures figures, int days)
    {
        if (figures.VisitsBefore == 0)
        {
            return $"none in the {days} days before";
        }

        var percent = 100.0 * (figures.Visits - figures.VisitsBefore) / figures.VisitsBefore;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Math.Abs(percent):0} % {(percent < 0 ? "fewer" : "more")} than in the {days} days before");
    }

    private static string PerVisit(VisitFigures figures) =>
        (figures.Visits == 0 ? 0 : (double)figures.Views / figures.Visits).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
