using OrderService.Carts;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>How much is in the cart, for the head of every page. Belongs to one browser: nobody may keep it.</summary>
internal static class CartBadge
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("CartBadge", "/fragments/cart-badge", RenderAsync)
        .WithCategory("component")
        .WithDescription("The way to the cart and how many pieces are in it. Tells the page what they are.")
        .WithModule("cart-badge.js", "default")
        .WithStyles("cart-badge.css")
        .Private();

    private static async Task<FragmentMarkup> RenderAsync(CartStore carts, HttpContext context, CancellationToken ct)
    {
        var cart = await carts.FindAsync(CartCookie.Read(context.Request), ct);
        return FragmentMarkup.Html(
            $"""
            <p class="cart-badge" data-module="orders/CartBadge" {FragmentMarkup.Attribute("data-topics", CartTopics.Json(cart))}>
              <a class="cart-way" href="/cart">
                <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false"><path d="M3 4h2.5l2.2 11h10.6L21 7.5H6.4M9 20.2a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8zM17 20.2a.9.9 0 1 0 0-1.8.9.9 0 0 0 0 1.8z"/></svg>
                <span class="cart-word">Cart</span>
                <span class="cart-count" {FragmentMarkup.Attribute("data-empty", cart.IsEmpty)}><span class="cart-number">{cart.Pieces}</span><span class="cart-unit"> {(cart.Pieces == 1 ? "piece" : "pieces")}</span></span>
              </a>
            </p>
            """);
    }
}
