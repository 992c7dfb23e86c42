using System.ComponentModel.DataAnnotations;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>What the signed-in user ordered. Belongs to one person: nobody may keep it.</summary>
internal static class OrderHistory
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("OrderHistory", "/fragments/order-history", RenderAsync)
        .WithCategory("component")
        .WithDescription("The signed-in user's orders, the newest first: how far each has come, what is in it and what it cost.")
        .WithModule("order-history.js", "default")
        .WithStyles(OrderProgress.Styles, "order-history.css")
        .Private();

    /// <param name="userId">Whose orders, for an admin. Default, and for everybody else: one's own.</param>
    /// <param name="limit">The most orders to show.</param>
    /// <param name="compact">True for a short note on each.</param>
    /// <param name="status">Only orders that have come so far.</param>
    private static async Task<FragmentResult> RenderAsync(
        OrderStore store, FragmentContext context, CancellationToken ct, [Range(1, int.MaxValue)] int? userId = null, [Range(1, 100)] int limit = 20, bool compact = false,
        [AllowedValues(null, "", "placed", "packed", "shipped", "delivered", "returned", "cancelled")] string? status = null)
    {
        var reader = context.User.UserId();
        if (userId is { } other && other != reader && !context.User.IsAdmin())
        {
            return FragmentResults.Html(403, Frame(compact, limit, [Plain(compact, "These are somebody else’s orders.", "/orders", "To your own")]));
        }

        if ((userId ?? reader) is not { } user)
        {
            return FragmentResults.Html(Frame(compact, limit, [Plain(compact, "Sign in to see what you have ordered.", "/sign-in?return=/orders", "Sign in")]));
        }

        OrderStatus? only = string.IsNullOrEmpty(status) ? null : Enum.Parse<OrderStatus>(status, ignoreCase: true);
        var orders = await store.HistoryAsync(user, limit, only, ct);
        var locale = Locale.Of(context.User);
        return FragmentResults.Html(Frame(
            compact,
            limit,
            orders.Count == 0
                ? [only is null ? Plain(compact, "Nothing ordered so far.", "/products", "Have a look round") : Plain(compact, "None of your orders is at this point.", "/orders", "Show all of them")]
                : orders.Select(order => compact ? Note(order, locale) : Sheet(order, locale))));
    }

    private static FragmentMarkup Frame(bool compact, int limit, IEnumerable<FragmentMarkup> content) => FragmentMarkup.Html(
        $"""
        <section class="{(compact ? "order-history compact" : "order-history")}" aria-label="Order history" data-module="orders/OrderHistory">
          {(compact ? FragmentMarkup.Html($"<h2>{(limit == 1 ? "Your last order" : "Your last orders")}</h2>") : null)}
          {content}
        </section>
        """);

    private static FragmentMarkup Plain(bool compact, string sentence, string address, string way) => compact
        ? FragmentMarkup.Html($"""<p class="order-none">{sentence} <a href="{address}">{way}</a></p>""")
        : FragmentMarkup.Html($"""<div class="order-none"><h2>{sentence}</h2> <p><a class="button" href="{address}">{way}</a></p></div>""");

    private static FragmentMarkup Note(Order order, Locale locale) => FragmentMarkup.Html(
        $"""
        <article class="order-note" data-order="{order.Id}" data-testid="order-{order.Id}">
          {OrderProgress.Html(order)}
          <p class="order-things"><a href="/orders/{order.Id}">{Things(order)}</a></p>
          <p class="order-foot"><span>{Day(order, locale)}</span> <strong>{locale.Money(order.TotalCents)}</strong></p>
          <p><a href="/orders">All your orders</a></p>
        </article>
        """);

    private static FragmentMarkup Sheet(Order order, Locale locale) => FragmentMarkup.Html(
        $"""
        <article class="order" data-order="{order.Id}" data-testid="order-{order.Id}" aria-label="Order {order.Number}">
          <header class="order-head">
            <h2><a href="/orders/{order.Id}">{order.Number}</a></h2>
            <p>{Day(order, locale)}</p>
            <p class="order-total">{locale.Money(order.TotalCents)}</p>
          </header>
          {OrderProgress.Html(order)}
          <table class="order-lines">
            <thead><tr><th scope="col">Thing</th><th scope="col">Pieces</th><th scope="col">Each</th><th scope="col">Sum</th></tr></thead>
            <tbody>{order.Lines.Select(line => Line(line, locale))}</tbody>
          </table>
        </article>
        """);

    private static FragmentMarkup Line(OrderLine line, Locale locale) => FragmentMarkup.Html(
        $"""<tr><th scope="row"><a href="/products/{line.ProductId}">{line.ProductName}</a></th><td>{line.Quantity}</td><td>{locale.Money(line.PriceCents)}</td><td>{locale.Money(line.SumCents)}</td></tr>""");

    private static string Things(Order order) => order.Lines.Count switch
    {
        1 => order.Lines[0].ProductName,
        2 => $"{order.Lines[0].ProductName} and {order.Lines[1].ProductName}",
        var count => $"{order.Lines[0].ProductName} and {count - 1} other things",
    };

    private static FragmentMarkup Day(Order order, Locale locale) => FragmentMarkup.Html($"""<time datetime="{order.PlacedOn}">{locale.Day(order.PlacedOn)}</time>""");
}
