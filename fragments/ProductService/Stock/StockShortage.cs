namespace ProductService.Stock;

/// <summary>A product of which there are fewer than were asked for.</summary>
/// <param name="Left">Pieces that are there; 0 also when the product is gone.</param>
internal sealed record StockShortage(int Id, int Left);
