namespace ProductService;

/// <summary>What was found.</summary>
/// <param name="Items">One page of it.</param>
/// <param name="Total">How many there are on all pages.</param>
/// <param name="Page">The page shown, from 1.</param>
/// <param name="Pages">How many pages there are, at least 1.</param>
/// <param name="Shelves">Every shelf in the shop's order, with how many of what is looked for stand on it, whichever shelves were asked for.</param>
internal sealed record ProductFind(IReadOnlyList<Product> Items, int Total, int Page, int Pages, IReadOnlyList<ProductCategory> Shelves);
