namespace ProductService.Administration;

/// <summary>The outcome of a change to a product.</summary>
/// <param name="Product">As it is now; null when it is not there.</param>
internal sealed record ProductEdit(EditStatus Status, Product? Product);
