namespace ProductService.Stock;

/// <summary>How many pieces of one product.</summary>
internal sealed record StockLine(int Id, int Quantity);
