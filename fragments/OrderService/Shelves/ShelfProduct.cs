namespace OrderService.Shelves;

/// <summary>A product as the products service has it now.</summary>
/// <param name="Stock">Pieces on the shelf.</param>
internal sealed record ShelfProduct(int Id, string Name, int PriceCents, int Stock);
