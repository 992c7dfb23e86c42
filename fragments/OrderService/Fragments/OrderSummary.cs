using System.ComponentModel.DataAnnotations;
using OrderService.Carts;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>What is in the cart, or in an order that was placed. Belongs to one browser or one person: nobody may keep it.</summary>
internal static class OrderSummary
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("OrderSummary", "/fragments/order-summary", RenderAsync)
        .WithCategory("component")
        .WithDescription("The cart with how many of each, to be changed; with an order's id, the order that was placed.")
        .WithModule("order-summary.js", "default")
        .WithStyles(OrderProgress.Styles, "order-summary.css")
        .Private();

    /// <param name="orderId">An order of the reader's. Default: the cart.</param>
    /// <param name="readonly">True for the cart with nothing to change in it.</param>
    /// <param name="compact">True for a line that says how much it is.</param>
    /// <param name="again">True when a form was sent that had been ordered before.</param>
    private static async Task<FragmentResult> RenderAsync(
        CartStore carts, OrderStore orders, TimeProvider time, FragmentContext context, HttpContext http, CancellationToken ct,
        [Range(1, int.MaxValue)] int? orderId = null, bool @readonly = false, bool compact = false, bool again = false)
    {
        var locale = Locale.Of(context.User);
        if (orderId is not { } id)
        {
            return FragmentResults.Html(CartSheet.Html(await carts.FindAsync(CartCookie.Read(http.Request), ct), context, @readonly, compact));
        }

        if (context.User.UserId() is not { } reader)
        {
            return FragmentResults.SeeOther($"/sign-in?return=/orders/{id}");
        }

        // Somebody else's order is answered as one that does not exist: its number is nobody's business.
        return await orders.FindAsync(id, ct) is { } order && (order.UserId == reader || context.User.IsAdmin())
            ? FragmentResults.Html(OrderSheet.Html(order, time.GetUtcNow(), locale, compact, again)).Title($"Order {order.Number}, Saltmarsh")
            : FragmentResults.NotFound(OrderSheet.Missing).Title("No such order, Saltmarsh");
    }
}
