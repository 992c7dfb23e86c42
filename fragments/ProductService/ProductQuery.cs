namespace ProductService;

/// <summary>Which products, in which order, and how many of them.</summary>
internal sealed record ProductQuery
{
    /// <value>What is looked for, as somebody typed it; null or blank is everything.</value>
    public string? Search { get; init; }

    /// <value>Slugs; none means all shelves. Unknown ones match nothing.</value>
    public IReadOnlyList<string> Categories { get; init; } = [];

    public ProductOrder Order { get; init; }

    /// <value>The list begins behind this id and goes round, without it; 0 begins at the first.</value>
    public int After { get; init; }

    /// <value>From 1; one behind the last counts as the last.</value>
    public int Page { get; init; } = 1;

    /// <value>How many are on one page.</value>
    public int Size { get; init; } = 24;
}
