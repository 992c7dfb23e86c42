namespace AnalyticsService;

/// <summary>What the counter saw in a range of days.</summary>
/// <param name="Days">Every day of the range, oldest first; a day without visits is all zeros.</param>
/// <param name="VisitsBefore">Visits in the same number of days before.</param>
/// <param name="TopProducts">The products most looked at, first things first.</param>
/// <param name="LatelyViewed">Pages looked at in the last five minutes, by whoever is counted.</param>
internal sealed record VisitFigures(IReadOnlyList<VisitDay> Days, int VisitsBefore, IReadOnlyList<ProductViews> TopProducts, int LatelyViewed)
{
    /// <summary>All days in one; its day is the last.</summary>
    public VisitDay Total { get; } = Days.Aggregate(
        VisitDay.Empty(Days[^1].Day),
        (sum, day) => new(
            sum.Day,
            sum.Visits + day.Visits,
            sum.Views + day.Views,
            sum.Products + day.Products,
            sum.Carts + day.Carts,
            sum.Orders + day.Orders,
            sum.LookedVisits + day.LookedVisits,
            sum.CartVisits + day.CartVisits,
            sum.OrderVisits + day.OrderVisits));
}
