namespace ProductService.Administration;

/// <summary>The fields of the product's form as somebody filled them in, and as they are shown to them again.</summary>
internal sealed record ProductInput
{
    public string Name { get; init; } = "";

    public string Category { get; init; } = "";

    public string Maker { get; init; } = "";

    public string Tagline { get; init; } = "";

    public string Description { get; init; } = "";

    public string Material { get; init; } = "";

    public string Price { get; init; } = "";

    public string Stock { get; init; } = "";

    public string Drawing { get; init; } = "";

    /// <summary>The version that the form began with; nothing for a new product.</summary>
    public string Version { get; init; } = "";

    /// <summary>The stock that the form began with. What was sold since is taken off what is written, without a word.</summary>
    public string StockBefore { get; init; } = "";

    /// <summary>The form of a product that is there.</summary>
    public static ProductInput Of(Product product) => new()
    {
        Name = product.Name,
        Category = product.Category,
        Maker = product.Maker,
        Tagline = product.Tagline,
        Description = product.Description,
        Material = product.Material,
        Price = FormattableString.Invariant($"{product.PriceCents / 100}.{product.PriceCents % 100:00}"),
        Stock = FormattableString.Invariant($"{product.Stock}"),
        Drawing = product.Drawing,
        Version = FormattableString.Invariant($"{product.Version}"),
        StockBefore = FormattableString.Invariant($"{product.Stock}"),
    };

    /// <summary>What was posted. Blanks at both ends are nobody's intention.</summary>
    public static ProductInput Read(IFormCollection form) => new()
    {
        Name = Text(form, "name"),
        Category = Text(form, "category"),
        Maker = Text(form, "maker"),
        Tagline = Text(form, "tagline"),
        Description = Text(form, "description").ReplaceLineEndings("\n"),
        Material = Text(form, "material"),
        Price = Text(form, "price"),
        Stock = Text(form, "stock"),
        Drawing = Text(form, "drawing"),
        Version = Text(form, "version"),
        StockBefore = Text(form, "stock-before"),
    };

    private static string Text(IFormCollection form, string field) => form[field] is [{ } value, ..] ? value.Trim() : "";
}
