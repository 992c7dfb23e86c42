namespace OrderService.Shelves;

/// <summary>A product of which there are fewer than were asked for.</summary>
/// <param name="Left">Pieces that are still there; 0 also for a product that is not sold any more.</param>
internal sealed record ShelfShortage(int Id, int Left);
