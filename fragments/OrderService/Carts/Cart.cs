namespace OrderService.Carts;

/// <summary>What somebody put aside, in the order in which it was put there.</summary>
/// <param name="Key">What the database knows it by; null for one that does not exist yet.</param>
internal sealed record Cart(string? Key, IReadOnlyList<CartLine> Lines)
{
    /// <summary>The most different things in a cart.</summary>
    public const int MostLines = 50;

    public static Cart Empty { get; } = new(null, []);

    public bool IsEmpty => Lines.Count == 0;

    public int Pieces => Lines.Sum(line => line.Quantity);

    public long TotalCents => Lines.Sum(line => line.SumCents);
}
