using System.Text.Json;

namespace OrderService.Carts;

/// <summary>What the page's fragments are told of a cart.</summary>
internal static class CartTopics
{
    /// <summary>The cart, retained: <c>[{ id, name, quantity, cents }]</c>, cents for one piece.</summary>
    public const string Cart = "shoppingCart";

    /// <summary>Something was put into it: <c>{ id, name, quantity }</c>, quantity as added.</summary>
    public const string Added = "cart:item-added";

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static object Value(Cart cart) =>
        cart.Lines.Select(static line => new { id = line.ProductId, name = line.Name, quantity = line.Quantity, cents = line.PriceCents }).ToArray();

    public static Dictionary<string, object?> Of(Cart cart) => new() { [Cart] = Value(cart) };

    public static string Json(Cart cart) => JsonSerializer.Serialize(Of(cart), Web);
}
