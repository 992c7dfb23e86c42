namespace ProductService.Administration;

/// <summary>A product's fields, in order.</summary>
/// <param name="Stock">Pieces on the shelf.</param>
/// <param name="StockBefore">Pieces that were there when <paramref name="Stock"/> was counted; null when it counts whatever was.</param>
internal sealed record ProductDraft(
    string Name,
    string Category,
    string Maker,
    string Tagline,
    string Description,
    string Material,
    int PriceCents,
    int Stock,
    string Drawing,
    int? StockBefore);
