namespace ProductService;

/// <summary>The orders as addresses, people and the database name them.</summary>
internal static class ProductOrders
{
    /// <summary>Every order with its name in addresses and its words.</summary>
    public static IReadOnlyList<(ProductOrder Order, string Name, string Words)> All { get; } =
    [
        (ProductOrder.Given, "", "Our order"),
        (ProductOrder.Name, "name", "Name"),
        (ProductOrder.Cheapest, "price", "Price, lowest first"),
        (ProductOrder.Dearest, "price-down", "Price, highest first"),
        (ProductOrder.BestRated, "rating", "Rating"),
        (ProductOrder.Newest, "new", "Newest"),
    ];

    /// <summary>The order of this name; null when there is none. Nothing means the shop's own.</summary>
    public static ProductOrder? Read(string? name)
    {
        foreach (var (order, known, _) in All)
        {
            if (known == (name ?? ""))
            {
                return order;
            }
        }

        return null;
    }

    public static string NameOf(ProductOrder order) => All.Single(row => row.Order == order).Name;

    /// <summary>What stands behind ORDER BY. The id decides between equals, so that pages never show one product twice.</summary>
    public static string Sql(ProductOrder order) => order switch
    {
        ProductOrder.Name => "product.name COLLATE NOCASE, product.id",
        ProductOrder.Cheapest => "product.price_cents, product.id",
        ProductOrder.Dearest => "product.price_cents DESC, product.id",
        ProductOrder.BestRated => "iif(product.reviews = 0, 0, product.rating) DESC, product.reviews DESC, product.id",
        ProductOrder.Newest => "product.id DESC",
        _ => "found.distance, product.id < $after, product.id",
    };
}
