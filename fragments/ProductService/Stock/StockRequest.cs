namespace ProductService.Stock;

/// <summary>What <c>POST /stock/take</c> and <c>POST /stock/return</c> are sent; the second has no lines.</summary>
/// <param name="Key">Names the taking: with the same key nothing is done twice.</param>
internal sealed record StockRequest(string? Key, IReadOnlyList<StockLine>? Lines)
{
    private const int LongestKey = 100;
    private const int MostLines = 100;
    private const int MostPieces = 999;

    /// <summary>What is wrong with it, in a sentence; null if nothing is.</summary>
    public string? Complaint(bool hasLines) =>
        Key is null or { Length: 0 or > LongestKey } || Key.Any(char.IsControl) ? $"'key' is missing or no text of 1 to {LongestKey} characters."
        : !hasLines ? null
        : Lines is null or { Count: 0 or > MostLines } ? $"'lines' is missing or has none or more than {MostLines} entries."
        : Lines.Any(line => line is null || line.Id < 1 || line.Quantity is < 1 or > MostPieces) ? $"a line has no 'id' from 1 on or no 'quantity' from 1 to {MostPieces}."
        : null;

    /// <summary>One line for each product, whatever was sent.</summary>
    public IReadOnlyList<StockLine> Sums() =>
        [.. (Lines ?? []).GroupBy(line => line.Id, (id, lines) => new StockLine(id, lines.Sum(line => line.Quantity))).OrderBy(line => line.Id)];
}
