using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>What a user ordered. Belongs to one person: nobody may keep it.</summary>
internal static class OrderHistory
{
    private static readonly string[] Steps = ["Placed", "Packed", "On its way", "Delivered"];

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("OrderHistory", "/fragments/order-history", RenderAsync)
        .WithCategory("feature")
        .WithDescription("A user's orders, the newest first: how far each has come, what is in it and what it cost.")
        .WithModule("order-history.js", "default")
        .WithStyles("order-history.css")
        .Private();

    /// <param name="userId">Whose orders. Default: the demonstrations' user.</param>
    /// <param name="limit">The most orders to show.</param>
    /// <param name="compact">True for a short note on each.</param>
    private static async Task<FragmentMarkup> RenderAsync(
        OrderStore store, CancellationToken ct, int userId = 1, [Range(1, 100)] int limit = 20, bool compact = false)
    {
        var orders = await store.HistoryAsync(userId, limit, ct);
        return FragmentMarkup.Html(
            $"""
            <section class="{(compact ? "order-history compact" : "order-history")}" aria-label="Order history" data-module="orders/OrderHistory">
              {(compact ? FragmentMarkup.Html($"<h2>{(limit == 1 ? "Your last order" : "Your last orders")}</h2>") : null)}
              {(orders.Count == 0 ? Nothing() : orders.Select(order => compact ? Note(order) : Sheet(order)))}
            </section>
            """);
    }

    private static IEnumerable<FragmentMarkup> Nothing() =>
        [FragmentMarkup.Html($"""<p class="order-none">Nothing ordered so far. <a href="/">Have a look round</a></p>""")];

    private static FragmentMarkup Note(Order order) => FragmentMarkup.Html(
        $"""
        <article class="order-note" data-testid="order-{order.Id}">
          {Progress(order)}
          <p class="order-things">{Things(order)}</p>
          <p class="order-foot"><span>{Day(order)}</span> <strong>{Money(order.TotalCents)}</strong></p>
          <p><a href="/orders">All your orders</a></p>
        </article>
        """);

    private static FragmentMarkup Sheet(Order order) => FragmentMarkup.Html(
        $"""
        <article class="order" data-testid="order-{order.Id}" aria-label="Order {order.Number}">
          <header class="order-head">
            <h2>{order.Number}</h2>
            <p>{Day(order)}</p>
            <p class="order-total">{Money(order.TotalCents)}</p>
          </header>
          {Progress(order)}
          <table class="order-lines">
            <thead><tr><th scope="col">Thing</th><th scope="col">Pieces</th><th scope="col">Each</th><th scope="col">Sum</th></tr></thead>
            <tbody>{order.Lines.Select(Line)}</tbody>
          </table>
        </article>
        """);

    private static FragmentMarkup Line(OrderLine line) => FragmentMarkup.Html(
        $"""<tr><th scope="row"><a href="/products/{line.ProductId}">{line.ProductName}</a></th><td>{line.Quantity}</td><td>{Money(line.PriceCents)}</td><td>{Money(line.SumCents)}</td></tr>""");

    private static FragmentMarkup Progress(Order order)
    {
        if (order.Status is OrderStatus.Returned or OrderStatus.Cancelled)
        {
            return FragmentMarkup.Html($"""<p class="order-ended">{(order.Status == OrderStatus.Returned ? "Sent back, refunded" : "Called off")}</p>""");
        }

        var reached = (int)order.Status;
        var steps = Steps.Select((name, index) => FragmentMarkup.Html(
            $"""<li class="{(index < reached ? "order-done" : index == reached ? "order-now" : "order-ahead")}" {FragmentMarkup.Attribute("aria-current", index == reached ? "step" : null)}>{name}</li>"""));
        return FragmentMarkup.Html($"""<ol class="order-steps" aria-label="How far it has come">{steps}</ol>""");
    }

    private static string Things(Order order) => order.Lines.Count switch
    {
        1 => order.Lines[0].ProductName,
        2 => $"{order.Lines[0].ProductName} and {order.Lines[1].ProductName}",
        var count => $"{order.Lines[0].ProductName} and {count - 1} other things",
    };

    private static FragmentMarkup Day(Order order) => FragmentMarkup.Html(
        $"""<time datetime="{order.PlacedOn}">{order.PlacedOn.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}</time>""");

    private static string Money(int cents) => string.Create(CultureInfo.InvariantCulture, $"€{cents / 100:N0}.{cents % 100:00}");
}
