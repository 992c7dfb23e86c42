using OrderService.Payments;

namespace OrderService;

/// <summary>What somebody ordered on one day.</summary>
/// <param name="Id">From 1.</param>
internal sealed record Order(int Id, int UserId, DateOnly PlacedOn, OrderStatus Status, IReadOnlyList<OrderLine> Lines)
{
    public long TotalCents => Lines.Sum(line => (long)line.SumCents);

    /// <summary>The number on the parcel.</summary>
    public string Number => $"SO-{10_000 + Id}";

    /// <summary>When it was placed; null for one from before this was written down.</summary>
    public DateTimeOffset? PlacedAt { get; init; }

    /// <summary>Where it goes; null for one from before this was written down, and where nobody asked for it.</summary>
    public Address? Address { get; init; }
}
