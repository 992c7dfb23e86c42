namespace AnalyticsService.Tracking;

/// <summary>One thing that happened, as a browser told it and after it was checked.</summary>
/// <param name="Key">Made by the browser, so that what is sent twice counts once.</param>
/// <param name="Name">One of <see cref="TrackedEventReader.Names"/>.</param>
/// <param name="Path">The page, without its query.</param>
/// <param name="Title">What a product is called.</param>
internal sealed record TrackedEvent(string Key, string Name, string? Path, string? Title, int? ProductId, int? Quantity, int? OrderId);
