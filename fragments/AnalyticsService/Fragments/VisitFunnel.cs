using Stitcher.Fragments;

namespace AnalyticsService.Fragments;

/// <summary>How many visits come as far as an order: a bar for each step, with its number as text beside it.</summary>
internal static class VisitFunnel
{
    public static FragmentMarkup Draw(VisitDay total, VisitText text) => FragmentMarkup.Html(
        $"""
        <ol class="board-funnel">
          {Step("Came by", total.Visits, total.Visits, text)}
          {Step("Looked at a product", total.LookedVisits, total.Visits, text)}
          {Step("Put one in the cart", total.CartVisits, total.Visits, text)}
          {Step("Ordered", total.OrderVisits, total.Visits, text)}
        </ol>
        """);

    private static FragmentMarkup Step(string name, int visits, int all, VisitText text) => FragmentMarkup.Html(
        $"""
        <li>
          <span class="funnel-name">{name}</span>
          <span class="funnel-number">{text.Number(visits)} <span class="funnel-share">{text.Share(visits, all)}</span></span>
          <svg class="board-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect width="{(all == 0 ? 0 : 100.0 * visits / all):0.#}" height="4"/></svg>
        </li>
        """);
}
