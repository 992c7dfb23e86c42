namespace OrderService.Shelves;

/// <summary>What the products service said of a product.</summary>
/// <param name="IsAway">It did not answer, or made no sense.</param>
/// <param name="Product">Null when it is away or there is no such product.</param>
internal readonly record struct ShelfLook(bool IsAway, ShelfProduct? Product);
