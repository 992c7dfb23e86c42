namespace AnalyticsService;

/// <summary>How often people looked at a product.</summary>
internal sealed record ProductViews(int ProductId, string Name, int Views);
