namespace ProductService;

/// <summary>A shelf of the shop.</summary>
/// <param name="Slug">How addresses name it.</param>
/// <param name="Products">How many things stand on it, of those that were asked for.</param>
/// <param name="Version">From 1; one more with each new name.</param>
internal sealed record ProductCategory(string Slug, string Name, string Blurb, int Products, int Version);
