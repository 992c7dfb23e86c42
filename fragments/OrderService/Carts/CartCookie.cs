namespace OrderService.Carts;

/// <summary>Where a browser keeps the id of its cart. The gateway's settings forward it to this service's fragments by the same name.</summary>
internal static class CartCookie
{
    public const string Name = "cart";

    /// <summary>How long a cart waits for its owner, counted from the last change.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static CartId? Read(HttpRequest request) => CartId.Read(request.Cookies[Name]);

    public static void Write(HttpContext context, CartId id) => BrowserCookie.Keep(context, Name, id.Text, Lifetime);
}
