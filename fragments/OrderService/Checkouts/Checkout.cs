using OrderService.Carts;
using OrderService.Payments;

namespace OrderService.Checkouts;

/// <summary>One attempt to make an order of a cart.</summary>
/// <param name="Key">The form's: what has the same one is the same attempt.</param>
/// <param name="StockKey">What the products service and the payment provider know it by. Made here, so that nobody can meddle with another's.</param>
/// <param name="BeganAt">When it began, to the second.</param>
/// <param name="OrderId">The order that came of it.</param>
internal sealed record Checkout(
    int UserId, string Key, string CartKey, string StockKey, CheckoutState State, DateTimeOffset BeganAt, Address Address, IReadOnlyList<CartLine> Lines, int? OrderId)
{
    public bool IsUnderWay => State is CheckoutState.Begun or CheckoutState.Returning;

    public long TotalCents => Lines.Sum(line => line.SumCents);
}
