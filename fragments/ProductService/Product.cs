namespace ProductService;

/// <summary>One thing on the shelves.</summary>
/// <param name="Id">From 1, in the order in which it came into the shop.</param>
/// <param name="PriceCents">The price in cents.</param>
/// <param name="Stock">Pieces on the shelf; 0 means sold out.</param>
/// <param name="Rating">The mean of the reviews, 1 to 5; of no meaning while there are none.</param>
/// <param name="Drawing">Its picture: a sheet under <c>Pictures</c> and the name of a drawing there, <c>kitchen/mug</c>.</param>
/// <param name="Version">From 1; one more with each change by hand. What is bought does not count.</param>
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
    string Drawing,
    int Version)
{
    /// <summary>The number on the label.</summary>
    public string Label => $"SM-{Id:000}";

    /// <summary>The picture below the asset base. A changed product has another address, so that nobody keeps looking at the old picture.</summary>
    public string Picture => Version == 1 ? $"products/{Id}.svg" : $"products/{Id}.svg?v={Version}";

    /// <summary>The name under which gateways remember what shows this product.</summary>
    public string Tag => $"product:{Id}";
}
