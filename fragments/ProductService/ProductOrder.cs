namespace ProductService;

/// <summary>In which order products stand.</summary>
internal enum ProductOrder
{
    /// <summary>As they came into the shop; what fits best first when something is looked for.</summary>
    Given,

    Name,
    Cheapest,
    Dearest,
    BestRated,
    Newest,
}
