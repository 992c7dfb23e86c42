namespace OrderService.Carts;

/// <summary>One thing in a cart, with the name and the price that its owner saw last.</summary>
/// <param name="Quantity">1 to 99.</param>
internal sealed record CartLine(int ProductId, string Name, int Quantity, int PriceCents)
{
    /// <summary>The most pieces of one thing.</summary>
    public const int Most = 99;

    public long SumCents => (long)Quantity * PriceCents;
}
