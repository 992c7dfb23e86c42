namespace AnalyticsService.Seed;

/// <summary>A page that visitors come to.</summary>
/// <param name="Product">The product it shows, if it shows one.</param>
/// <param name="Weight">How often it is chosen, beside the other pages' weights.</param>
internal sealed record VisitedPage(string Path, string Title, int? Product, int Weight);
