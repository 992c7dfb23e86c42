namespace OrderService;

/// <summary>What somebody ordered on one day.</summary>
/// <param name="Id">From 1.</param>
internal sealed record Order(int Id, int UserId, DateOnly PlacedOn, OrderStatus Status, IReadOnlyList<OrderLine> Lines)
{
    public int TotalCents => Lines.Sum(line => line.SumCents);

    /// <summary>The number on the parcel.</summary>
    public string Number => $"SO-{10_000 + Id}";
}
