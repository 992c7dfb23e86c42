namespace OrderService.Shelves;

/// <summary>How many pieces of one product.</summary>
internal sealed record ShelfLine(int Id, int Quantity);
