namespace AnalyticsService;

/// <summary>One day.</summary>
/// <param name="Visits">Visitors. One without scripts is not recognised and counts only in <paramref name="Views"/> and <paramref name="Products"/>.</param>
/// <param name="Views">Pages they looked at.</param>
/// <param name="Products">Products they looked at.</param>
/// <param name="Carts">Times that something was put in a cart.</param>
/// <param name="Orders">Orders placed.</param>
/// <param name="LookedVisits">Visits with at least one product.</param>
/// <param name="CartVisits">Visits that put something in a cart.</param>
/// <param name="OrderVisits">Visits that ordered.</param>
internal sealed record VisitDay(
    DateOnly Day, int Visits, int Views, int Products, int Carts, int Orders, int LookedVisits, int CartVisits, int OrderVisits)
{
    public static VisitDay Empty(DateOnly day) => new(day, 0, 0, 0, 0, 0, 0, 0, 0);
}
