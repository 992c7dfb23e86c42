using OrderService.Payments;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>An order that was placed, as <see cref="OrderSummary"/> shows it.</summary>
internal static class OrderSheet
{
    // As long as somebody may still wonder whether it worked.
    private static readonly TimeSpan JustNow = TimeSpan.FromMinutes(10);

    public static FragmentMarkup Missing { get; } = FragmentMarkup.Html(
        $"""
        <section class="order-summary" aria-label="Order">
          <div class="summary-none">
            <h1>No such order.</h1>
            <p>There is none with this number among yours.</p>
            <p><a href="/orders">To all your orders</a></p>
          </div>
        </section>
        """);

    public static FragmentMarkup Html(Order order, DateTimeOffset now, Locale locale, bool compact, bool again) => FragmentMarkup.Html(
        $"""
        <section class="{(compact ? "order-summary compact" : "order-summary")}" aria-label="Order {order.Number}" data-module="orders/OrderSummary" data-testid="order-{order.Id}">
          {(compact ? FragmentMarkup.Html($"<h2>Order {order.Number}</h2>") : FragmentMarkup.Html($"<h1>Order {order.Number}</h1>"))}
          {News(order, now, again)}
          <p class="summary-day">Placed on <time datetime="{order.PlacedOn}">{locale.Day(order.PlacedOn)}</time></p>
          {OrderProgress.Html(order)}
          {(compact ? Total(order, locale) : Whole(order, locale))}
        </section>
        """);

    private static FragmentMarkup? News(Order order, DateTimeOffset now, bool again) =>
        again ? FragmentMarkup.Html($"""<p class="summary-news message" role="status">You had sent this before. It was ordered once, and this is the order.</p>""")
        : now - order.PlacedAt < JustNow ? FragmentMarkup.Html($"""<p class="summary-news message message-good" role="status">Thank you, it is ordered. {PaymentProvider.Name} has pretended to take the money.</p>""")
        : null;

    private static FragmentMarkup Total(Order order, Locale locale) =>
        FragmentMarkup.Html($"""<p class="summary-total"><span>{Pieces(order.Lines.Sum(line => line.Quantity))}</span> <strong>{locale.Money(order.TotalCents)}</strong></p>""");

    private static FragmentMarkup Whole(Order order, Locale locale) => FragmentMarkup.Html(
        $"""
        <table class="summary-table">
          <thead><tr><th scope="col">Thing</th><th scope="col">Pieces</th><th class="summary-single" scope="col">Each</th><th scope="col">Sum</th></tr></thead>
          <tbody>{order.Lines.Select(line => Line(line.ProductId, line.ProductName, line.Quantity, line.PriceCents, line.SumCents, locale))}</tbody>
          <tfoot><tr><th scope="row" colspan="2">Sum, with delivery</th><td class="summary-single"></td><td>{locale.Money(order.TotalCents)}</td></tr></tfoot>
        </table>
        {(order.Address is { } address ? Address(address) : null)}
        """);

    /// <summary>A row of a table that cannot be changed.</summary>
    public static FragmentMarkup Line(int product, string name, int quantity, int price, long sum, Locale locale) => FragmentMarkup.Html(
        $"""<tr data-product="{product}"><th scope="row"><a href="/products/{product}">{name}</a></th><td>{quantity}</td><td class="summary-single">{locale.Money(price)}</td><td>{locale.Money(sum)}</td></tr>""");

    public static string Pieces(int count) => count == 1 ? "1 piece" : $"{count} pieces";

    private static FragmentMarkup Address(Address address) => FragmentMarkup.Html(
        $"""
        <dl class="summary-facts">
          <div><dt>Goes to</dt><dd><address>{address.Name}<br>{address.Street}<br>{address.Postcode} {address.Town}<br>{address.Country}</address></dd></div>
          <div><dt>Paid</dt><dd>by card, through {PaymentProvider.Name}. Nothing of the card is kept.</dd></div>
        </dl>
        """);
}
