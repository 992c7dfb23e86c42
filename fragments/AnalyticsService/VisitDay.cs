namespace AnalyticsService;

/// <summary>One day.</summary>
internal sealed record VisitDay(DateOnly Day, int Visits);
