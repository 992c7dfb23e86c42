using System.ComponentModel.DataAnnotations;
using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>
/// Visits day by day, how many of them end in an order, and what people looked at. Everybody's figures may be kept for some seconds; one user's are theirs and an
/// administrator's, and are kept by nobody.
/// </summary>
internal static class AnalyticsDashboard
{
    private static readonly (string Name, int Days, string Text)[] Ranges =
        [("7d", 7, "7 days"), ("30d", 30, "30 days"), ("90d", 90, "90 days")];

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("AnalyticsDashboard", "/fragments/analytics-dashboard", RenderAsync)
        .WithCategory("feature")
        .WithDescription("Visits of the last 7, 30 or 90 days, how many end in an order, and the products most looked at.")
        .WithModule("analytics-dashboard.js", "default")
        .WithElement("visit-range")
        .WithStyles("analytics-dashboard.css")
        .HydrateWhen("visible")
        .OpenToBrowsers()
        .WithTags("analytics")
        .CacheFor(TimeSpan.FromSeconds(5))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60), ifError: TimeSpan.FromHours(1));

    /// <param name="userId">Whose visits: one's own, or anybody's for an administrator; without it, everybody's.</param>
    /// <param name="range">How far back; <c>30d</c> without it.</param>
    /// <param name="timeRange">Another name for <paramref name="range"/>.</param>
    /// <param name="locale"><c>en</c>, <c>de</c> or <c>fr</c>: how numbers and days are written.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="compact">True for a short note.</param>
    private static async Task<FragmentResult> RenderAsync(
        VisitStore store,
        TimeProvider time,
        FragmentContext context,
        CancellationToken ct,
        [Range(1, int.MaxValue)] int? userId = null,
        [AllowedValues(null, "", "7d", "30d", "90d")] string? range = null,
        [AllowedValues(null, "", "7d", "30d", "90d")] string? timeRange = null,
        [AllowedValues(null, "", "en", "de", "fr")] string? locale = null,
        [AllowedValues(null, "", "light", "dark")] string? theme = null,
        bool compact = false)
    {
        if (userId is not null && userId != context.User.UserId() && !context.User.IsAdmin())
        {
            return FragmentResults.Html(StatusCodes.Status403Forbidden, Refusal(theme)).NoStore();
        }

        var asked = (string?[])[range, timeRange];
        var (name, days, _) = Ranges.First(choice => choice.Name == (asked.FirstOrDefault(static each => each is { Length: > 0 }) ?? "30d"));
        var figures = await store.FiguresAsync(time.GetUtcNow(), days, userId, compact ? 3 : 10, ct);
        var look = new BoardLook(context.Marks(), theme, new VisitText(Locale.Of(locale)));
        var result = FragmentResults.Html(compact ? Note(figures, days, look) : Board(figures, name, days, look));
        return userId is null ? result : result.NoStore();
    }

    private static FragmentMarkup Board(VisitFigures figures, string range, int days, BoardLook look)
    {
        var (total, text) = (figures.Total, look.Text);
        return FragmentMarkup.Html(
            $"""
            <section class="analytics-dashboard" aria-label="Analytics" {look.Marks} {look.ThemeMark}>
              <div class="board-head">
                <nav class="board-ranges" aria-label="Range"><ul>{Ranges.Select(choice => Choice(choice.Name, choice.Text, choice.Name == range))}</ul></nav>
                <p class="board-now">{Lately(figures.LatelyViewed, text)}</p>
              </div>
              <dl class="board-figures">
                <div><dt>Visits</dt><dd>{text.Number(total.Visits)}</dd><dd class="board-change">{Change(figures, days, text)}</dd></div>
                <div><dt>Pages looked at</dt><dd>{text.Number(total.Views)}</dd><dd class="board-change">{text.Number(total.Visits == 0 ? 0 : (double)total.Views / total.Visits, 1)} on each visit</dd></div>
                <div><dt>Products looked at</dt><dd>{text.Number(total.Products)}</dd><dd class="board-change">on {text.Share(total.LookedVisits, total.Visits)} of the visits</dd></div>
                <div><dt>Put in a cart</dt><dd>{text.Number(total.Carts)}</dd><dd class="board-change">on {text.Share(total.CartVisits, total.Visits)} of the visits</dd></div>
                <div><dt>Orders</dt><dd>{text.Number(total.Orders)}</dd><dd class="board-change">{text.Share(total.OrderVisits, total.Visits)} of the visits end in one</dd></div>
              </dl>
              <div class="board-parts">
                <div class="board-part board-days">
                  <h2>Visits, day by day</h2>
                  {(days > 7 ? FragmentMarkup.Html($"<visit-range></visit-range>") : FragmentMarkup.Empty)}
                  {VisitChart.Draw(figures.Days, text)}
                  <details class="board-table">
                    <summary>The same as a table</summary>
                    <div class="board-scroll" tabindex="0" role="region" aria-label="Visits, day by day">
                      <table>
                        <thead><tr><th scope="col">Day</th><th scope="col">Visits</th><th scope="col">Pages</th><th scope="col">Products</th><th scope="col">In a cart</th><th scope="col">Orders</th></tr></thead>
                        <tbody>{figures.Days.Reverse().Select(day => Row(day, text))}</tbody>
                      </table>
                    </div>
                  </details>
                </div>
                <div class="board-part board-way">
                  <h2>From the door to the till</h2>
                  {VisitFunnel.Draw(total, text)}
                </div>
                <div class="board-part board-most">
                  <h2>Most looked at</h2>
                  {TopProducts(figures, text)}
                </div>
              </div>
            </section>
            """);
    }

    private static FragmentMarkup Note(VisitFigures figures, int days, BoardLook look) => FragmentMarkup.Html(
        $"""
        <section class="analytics-dashboard compact" aria-label="Analytics" {look.Marks} {look.ThemeMark}>
          <h2>{(days == 7 ? "This week" : $"Last {days} days")}</h2>
          <p class="note-visits"><strong>{look.Text.Number(figures.Total.Visits)}</strong> visits, <strong>{look.Text.Number(figures.Total.Orders)}</strong> orders</p>
          {VisitChart.Spark(figures.Days, look.Text)}
          <h3>Most looked at</h3>
          {TopProducts(figures, look.Text)}
          <p><a href="/analytics">All figures</a></p>
        </section>
        """);

    private static FragmentMarkup Refusal(string? theme) => FragmentMarkup.Html(
        $"""
        <section class="analytics-dashboard" aria-label="Analytics" {FragmentMarkup.Attribute("data-theme", theme is { Length: > 0 } ? theme : null)}>
          <div class="board-empty"><h2>These figures are somebody else's.</h2><p>What one person looked at is shown to that person, and to those who run the shop. <a href="/analytics">Everybody's figures together</a> are for all.</p></div>
        </section>
        """);

    private static FragmentMarkup TopProducts(VisitFigures figures, VisitText text) => figures.TopProducts.Count == 0
        ? FragmentMarkup.Html($"<p class=\"board-none\">Nothing was looked at in this time.</p>")
        : FragmentMarkup.Html($"<ol class=\"board-top\">{figures.TopProducts.Select(product => Top(product, figures.TopProducts[0].Views, text))}</ol>");

    private static FragmentMarkup Choice(string name, string text, bool isChosen) => FragmentMarkup.Html(
        $"""<li><a href="/analytics?range={name}" {FragmentMarkup.Attribute("aria-current", isChosen ? "true" : null)}>{text}</a></li>""");

    private static FragmentMarkup Top(ProductViews product, int most, VisitText text) => FragmentMarkup.Html(
        $"""
        <li>
          <a href="/products/{product.ProductId}">{product.Name}</a>
          <span class="board-views">{text.Number(product.Views)}</span>
          <svg class="board-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{100.0 * product.Views / most:0.#}" height="4"/></svg>
        </li>
        """);

    private static FragmentMarkup Row(VisitDay day, VisitText text) => FragmentMarkup.Html(
        $"""<tr><th scope="row">{text.Time(day.Day)}</th><td>{text.Number(day.Visits)}</td><td>{text.Number(day.Views)}</td><td>{text.Number(day.Products)}</td><td>{text.Number(day.Carts)}</td><td>{text.Number(day.Orders)}</td></tr>""");

    private static string Lately(int views, VisitText text) => views switch
    {
        0 => "Nobody in the last five minutes",
        1 => "One page in the last five minutes",
        _ => $"{text.Number(views)} pages in the last five minutes",
    };

    private static string Change(VisitFigures figures, int days, VisitText text)
    {
        if (figures.VisitsBefore == 0)
        {
            return $"none in the {days} days before";
        }

        var percent = 100.0 * (figures.Total.Visits - figures.VisitsBefore) / figures.VisitsBefore;
        return $"{text.Number(Math.Abs(percent), 0)} % {(percent < 0 ? "fewer" : "more")} than in the {days} days before";
    }
}
