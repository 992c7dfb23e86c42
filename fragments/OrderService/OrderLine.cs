namespace OrderService;

/// <summary>One thing of an order, with the name and the price it had on that day: the shelves change, an invoice does not.</summary>
internal sealed record OrderLine(int ProductId, string ProductName, int Quantity, int PriceCents)
{
    public int SumCents => Quantity * PriceCents;
}
