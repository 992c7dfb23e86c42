namespace ProductService.Api;

/// <summary>A product as programs read it.</summary>
/// <param name="Price">As people read it, in English.</param>
/// <param name="Picture">An address below the service's own.</param>
/// <param name="Address">Its page.</param>
internal sealed record ProductBody(
    int Id,
    string Name,
    string Category,
    string CategoryName,
    string Maker,
    string Tagline,
    string Description,
    string Material,
    int PriceCents,
    string Price,
    int Stock,
    double? Rating,
    int Reviews,
    string Picture,
    string Address,
    int Version)
{
    public static ProductBody Of(Product product) => new(
        product.Id,
        product.Name,
        product.Category,
        product.CategoryName,
        product.Maker,
        product.Tagline,
        product.Description,
        product.Material,
        product.PriceCents,
        Locale.English.Money(product.PriceCents),
        product.Stock,
        product.Reviews == 0 ? null : product.Rating,
        product.Reviews,
        $"/assets/{product.Picture}",
        $"/products/{product.Id}",
        product.Version);
}
