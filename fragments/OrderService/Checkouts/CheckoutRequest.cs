using OrderService.Carts;
using OrderService.Payments;

namespace OrderService.Checkouts;

/// <summary>A payment form that was sent and has nothing wrong in it.</summary>
/// <param name="UserId">Who is signed in.</param>
/// <param name="CartId">The browser's cart.</param>
/// <param name="Key">The form's own.</param>
/// <param name="Seen">What the form had shown as the cart, see <see cref="SeenCart"/>.</param>
internal sealed record CheckoutRequest(int UserId, CartId? CartId, string Key, SeenCart Seen, Address Address, Card Card);
