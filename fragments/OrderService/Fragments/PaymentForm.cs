using OrderService.Carts;
using OrderService.Checkouts;
using OrderService.Payments;
using Stitcher.Fragments;

namespace OrderService.Fragments;

/// <summary>Where an order goes and how it is paid. Belongs to one person: nobody may keep it.</summary>
internal static class PaymentForm
{
    /// <summary>The name of the form, for its token.</summary>
    public const string Form = "checkout";

    /// <summary>Where somebody signs in and comes back from.</summary>
    public const string SignIn = "/sign-in?return=/checkout";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("PaymentForm", "/fragments/payment-form", RenderAsync)
        .WithCategory("component")
        .WithDescription("Address and card for what is in the cart. The provider behind it only pretends; card details are never kept.")
        .WithModule("payment-form.js", "default")
        .WithStyles("payment-form.css")
        .Private();

    /// <param name="resume">True for somebody whose form had come in when they were not signed in any more.</param>
    private static async Task<FragmentResult> RenderAsync(CartStore carts, FragmentContext context, HttpContext http, CancellationToken ct, bool resume = false) =>
        context.User.UserId() is null
            ? FragmentResults.SeeOther(SignIn)
            : FragmentResults.Html(Html(await carts.FindAsync(CartCookie.Read(http.Request), ct), context, PaymentEntry.None, resume ? PaymentNotice.SignedOut : null));

    /// <param name="cart">What is to be paid.</param>
    /// <param name="context">Whose form it is.</param>
    /// <param name="entry">What was typed, with what is wrong in it; nothing of a card is shown again.</param>
    /// <param name="notice">What came of it; null for a form that nobody has sent.</param>
    public static FragmentMarkup Html(Cart cart, FragmentContext context, PaymentEntry entry, PaymentNotice? notice) => FragmentMarkup.Html(
        $"""
        <section class="payment-form" aria-label="Address and payment" data-module="orders/PaymentForm">
          {Message(entry, notice)}
          {(cart.IsEmpty ? null : AdjustForm(context, notice))}
          {(cart.IsEmpty ? Nothing() : Fields(cart, context, entry))}
        </section>
        """);

    private static FragmentMarkup Message(PaymentEntry entry, PaymentNotice? notice) => FragmentMarkup.Html(
        $"""
        <div class="form-message" {FragmentMarkup.Attribute("role", notice is null && entry.Errors.Count == 0 ? null : "alert")} {FragmentMarkup.Attribute("tabindex", notice is null && entry.Errors.Count == 0 ? null : "-1")}>{Sentences(entry, notice)}</div>
        """);

    private static FragmentMarkup? Sentences(PaymentEntry entry, PaymentNotice? notice)
    {
        if (notice is not null)
        {
            return FragmentMarkup.Html(
                $"""<p>{notice.Sentence}</p>{(notice.Things.Count == 0 ? null : FragmentMarkup.Html($"<ul>{notice.Things.Select(thing => FragmentMarkup.Html($"<li>{thing}</li>"))}</ul>"))}{(notice.Way is { } way ? FragmentMarkup.Html($"""<p><a href="{way.Address}">{way.Words}</a></p>""") : null)}""");
        }

        var wrong = PaymentFields.All.Where(field => entry.Errors.ContainsKey(field.Name)).ToArray();
        return FormSentences.Of(wrong.Length == 0 ? null : PaymentNotice.Mistakes, wrong.Select(field => (Id(field), $"{field.Label}: {entry.Errors[field.Name]}")));
    }

    private static FragmentMarkup Nothing() => FragmentMarkup.Html(
        $"""
        <div class="payment-none empty">
          <h2>There is nothing to pay for.</h2>
          <p>Your cart is empty.</p>
          <p><a class="button" href="/products">Look round the shelves</a></p>
        </div>
        """);

    private static FragmentMarkup AdjustForm(FragmentContext context, PaymentNotice? notice) => FragmentMarkup.Html(
        $"""
        <form class="payment-adjust" method="post" action="/cart" {FragmentMarkup.Attribute("hidden", notice?.Adjust is null)}>
          {context.FormToken(CartSheet.Form)}
          <input type="hidden" name="adjust" value="{notice?.Adjust}">
          <button class="button button-plain" type="submit">Take what is left</button>
        </form>
        """);

    private static FragmentMarkup Fields(Cart cart, FragmentContext context, PaymentEntry entry) => FragmentMarkup.Html(
        $"""
        <form class="form payment-fields" method="post" action="/checkout" novalidate>
          {context.FormToken(Form)}
          <input type="hidden" name="key" value="{CheckoutKey.New()}">
          <input type="hidden" name="seen" value="{SeenCart.Of(cart).ToString()}">
          <fieldset>
            <legend>Where it goes</legend>
            {Field(PaymentFields.Name, entry)}
            {Field(PaymentFields.Street, entry)}
            <div class="fields">{Field(PaymentFields.Postcode, entry)}{Field(PaymentFields.Town, entry)}</div>
            {Field(PaymentFields.Country, entry)}
          </fieldset>
          <fieldset>
            <legend>How it is paid</legend>
            <div class="payment-provider message">
              <p><strong>{PaymentProvider.Name}</strong> is no real provider: no money moves, and no real card is taken.</p>
              <p>Card <code>{CardNumber.Written(CardNumber.Accepted)}</code> is accepted, card <code>{CardNumber.Written(CardNumber.Declined)}</code> is declined. Any month to come and any three digits will do.</p>
            </div>
            {Field(PaymentFields.CardName, entry)}
            {Field(PaymentFields.Number, entry)}
            <div class="fields">{Field(PaymentFields.Expiry, entry)}{Field(PaymentFields.Code, entry)}</div>
          </fieldset>
          <div class="buttons">
            <button class="button payment-pay" type="submit">Pay {Locale.Of(context.User).Money(cart.TotalCents)}</button>
            <a href="/cart">Back to the cart</a>
          </div>
          <p class="hint">Card details are used once and forgotten: they are never kept, and never shown again.</p>
        </form>
        """);

    private static FragmentMarkup Field(PaymentField field, PaymentEntry entry)
    {
        var error = entry.Errors.GetValueOrDefault(field.Name);
        return FragmentMarkup.Html(
            $"""
            <div class="field">
              <label class="label" for="{Id(field)}">{field.Label}</label>
              {(field == PaymentFields.Country ? Choice(field, entry.Kept(field), error) : Input(field, entry.Kept(field), error))}
              {(field.Hint is null ? null : FragmentMarkup.Html($"""<p class="hint" id="{Id(field)}-hint">{field.Hint}</p>"""))}
              <p class="field-error" id="{Id(field)}-error" data-error-for="{field.Name}">{error}</p>
            </div>
            """);
    }

    // The rules and their sentences travel with the field, so that the browser's check and the server's are one.
    private static FragmentMarkup Input(PaymentField field, string value, string? error) => FragmentMarkup.Html(
        $"""
        <input class="input" id="{Id(field)}" name="{field.Name}" type="text" value="{value}" autocomplete="{field.Autocomplete}" inputmode="{field.Keyboard}" maxlength="{field.Most}" pattern="{field.Pattern}" required
               {FragmentMarkup.Attribute("data-check", field.Check)} data-missing="{field.Missing}" data-wrong="{field.Wrong}" {FragmentMarkup.Attribute("data-broken", field.Broken)} {FragmentMarkup.Attribute("data-refused", field.Refused)}
               {FragmentMarkup.Attribute("aria-invalid", error is null ? null : "true")} aria-describedby="{Id(field)}-error{(field.Hint is null ? "" : $" {Id(field)}-hint")}">
        """);

    private static FragmentMarkup Choice(PaymentField field, string value, string? error) => FragmentMarkup.Html(
        $"""
        <select class="input" id="{Id(field)}" name="{field.Name}" autocomplete="{field.Autocomplete}" required data-missing="{field.Missing}" data-wrong="{field.Wrong}"
                {FragmentMarkup.Attribute("aria-invalid", error is null ? null : "true")} aria-describedby="{Id(field)}-error">
          <option value="">Choose a country</option>
          {PaymentFields.Countries.Select(country => FragmentMarkup.Html($"""<option value="{country}" {FragmentMarkup.Attribute("selected", country == value)}>{country}</option>"""))}
        </select>
        """);

    private static string Id(PaymentField field) => $"payment-form-{field.Name}";
}
