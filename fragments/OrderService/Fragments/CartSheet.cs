using OrderService.Carts;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>The cart, as <see cref="OrderSummary"/> shows it and as a form that was refused shows it again.</summary>
internal static class CartSheet
{
    /// <summary>The name of the form, for its token.</summary>
    public const string Form = "cart";

    public static FragmentMarkup Html(Cart cart, FragmentContext context, bool isReadOnly, bool compact, CartProblems? problems = null)
    {
        var locale = Locale.Of(context.User);
        return FragmentMarkup.Html(
            $"""
            <section class="{(compact ? "order-summary compact" : "order-summary")}" aria-label="{(isReadOnly ? "What you are ordering" : "Your cart")}" data-module="orders/OrderSummary" data-locale="{locale.Tag}">
              {Message(problems)}
              {(cart.IsEmpty ? Empty(compact)
                : compact ? Short(cart, locale)
                : isReadOnly ? Table(cart, locale)
                : Editor(cart, context, locale, problems))}
            </section>
            """);
    }

    private static FragmentMarkup Message(CartProblems? problems) => FragmentMarkup.Html(
        $"""<div class="form-message" {FragmentMarkup.Attribute("role", problems?.Message is null ? null : "alert")}>{(problems?.Message is { } message ? FragmentMarkup.Html($"<p>{message}</p>") : null)}</div>""");

    private static FragmentMarkup Empty(bool compact) => compact
        ? FragmentMarkup.Html($"""<p class="summary-short">Your cart is empty. <a href="/products">Look round</a></p>""")
        : FragmentMarkup.Html(
            $"""
            <div class="summary-none">
              <h2>Your cart is empty.</h2>
              <p>What you put in it waits here for thirty days.</p>
              <p><a class="button" href="/products">Look round the shelves</a></p>
            </div>
            """);

    private static FragmentMarkup Short(Cart cart, Locale locale) => FragmentMarkup.Html(
        $"""<p class="summary-short"><a href="/cart">{OrderSheet.Pieces(cart.Pieces)} in your cart</a> <strong class="summary-sum">{locale.Money(cart.TotalCents)}</strong></p>""");

    private static FragmentMarkup Table(Cart cart, Locale locale) => FragmentMarkup.Html(
        $"""
        <h2>What you are ordering</h2>
        <table class="summary-table">
          <thead><tr><th scope="col">Thing</th><th scope="col">Pieces</th><th class="summary-single" scope="col">Each</th><th scope="col">Sum</th></tr></thead>
          <tbody>{cart.Lines.Select(line => OrderSheet.Line(line.ProductId, line.Name, line.Quantity, line.PriceCents, line.SumCents, locale))}</tbody>
          <tfoot><tr><th scope="row" colspan="2">Sum, with delivery</th><td class="summary-single"></td><td class="summary-sum">{locale.Money(cart.TotalCents)}</td></tr></tfoot>
        </table>
        <p class="summary-way"><a href="/cart">Change the cart</a></p>
        """);

    // The first button of a form is what the enter key presses, and that must not remove anything: an unseen one stands in front.
    private static FragmentMarkup Editor(Cart cart, FragmentContext context, Locale locale, CartProblems? problems) => FragmentMarkup.Html(
        $"""
        <form class="summary-form" method="post" action="/cart" novalidate>
          {context.FormToken(Form)}
          <button type="submit" hidden></button>
          <h2 class="visually-hidden">What is in it</h2>
          <ul class="summary-lines">{cart.Lines.Select(line => Line(line, locale, problems))}</ul>
          <p class="summary-total"><span>Sum, with delivery</span> <strong class="summary-sum">{locale.Money(cart.TotalCents)}</strong></p>
          <div class="buttons">
            <a class="button" href="/checkout">To the checkout</a>
            <button class="button button-plain summary-update" type="submit">Update the cart</button>
            <button class="button button-quiet" type="submit" name="clear" value="true">Empty the cart</button>
          </div>
        </form>
        """);

    private static FragmentMarkup Line(CartLine line, Locale locale, CartProblems? problems)
    {
        var field = CartForm.QuantityField(line.ProductId);
        var id = $"order-summary-{field}";
        var error = problems?.Fields.GetValueOrDefault(field);
        return FragmentMarkup.Html(
            $"""
            <li class="summary-line" data-product="{line.ProductId}" data-cents="{line.PriceCents}">
              <p class="summary-name"><a href="/products/{line.ProductId}">{line.Name}</a> <span class="summary-each">{locale.Money(line.PriceCents)} each</span></p>
              <div class="field summary-pieces">
                <label class="label" for="{id}">Pieces<span class="visually-hidden"> of {line.Name}</span></label>
                <input class="input input-short" id="{id}" name="{field}" type="number" inputmode="numeric" min="1" max="{CartLine.Most}" step="1" required
                       value="{problems?.Typed.GetValueOrDefault(field) ?? line.Quantity.ToString(System.Globalization.CultureInfo.InvariantCulture)}"
                       {FragmentMarkup.Attribute("aria-invalid", error is null ? null : "true")} aria-describedby="{id}-error">
                <p class="field-error" id="{id}-error" data-error-for="{field}">{error}</p>
              </div>
              <p class="summary-line-sum">{locale.Money(line.SumCents)}</p>
              <button class="button button-quiet summary-remove" type="submit" name="remove" value="{line.ProductId}">Remove<span class="visually-hidden"> {line.Name}</span></button>
            </li>
            """);
    }
}
