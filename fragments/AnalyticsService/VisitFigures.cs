namespace AnalyticsService;

/// <summary>What the counter saw in a range of days.</summary>
/// <param name="Days">Every day of the range, oldest first; a day without visits is 0.</param>
/// <param name="Visits">Visitors per day, added up.</param>
/// <param name="Views">Pages they looked at.</param>
/// <param name="VisitsBefore">Visits in the same number of days before.</param>
/// <param name="TopProducts">The products most looked at, first things first.</param>
internal sealed record VisitFigures(
    IReadOnlyList<VisitDay> Days, int Visits, int Views, int VisitsBefore, IReadOnlyList<ProductViews> TopProducts);
