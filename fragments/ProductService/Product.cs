namespace ProductService;

/// <summary>One thing on the shelves.</summary>
/// <param name="Id">From 1, in the order in which it came into the shop.</param>
/// <param name="PriceCents">The price in cents.</param>
/// <param name="Stock">Pieces on the shelf; 0 means sold out.</param>
/// <param name="Rating">The mean of the reviews, 1 to 5.</param>
/// <param name="Shape">The drawing in its category's sheet under <c>Pictures</c>.</param>
internal sealed record Product(
    int Id,
    string Category,
    string CategoryName,
    string Name,
    string Maker,
    string Tagline,
    string Description,
    string Material,
    int PriceCents,
    int Stock,
    double Rating,
    int Reviews,
    string Shape)
{
    /// <summary>The price as the shop writes it.</summary>
    public string Price => $"€{PriceCents / 100}.{PriceCents % 100:00}";

    /// <summary>The number on the label.</summary>
    public string Label => $"SM-{Id:000}";
}
