using OrderService.Carts;
using OrderService.Fragments;
using OrderService.Payments;

namespace OrderService.Checkouts;

/// <summary>A payment form that was refused, for the script that had sent it: as every form's answer, with what the form needs to be sent again as it stands.</summary>
internal static class PaymentAnswer
{
    public static IResult Of(Cart cart, PaymentEntry entry, PaymentNotice? notice, Locale locale) => Results.Json(
        new
        {
            ok = false,
            errors = notice is null ? entry.Errors : new Dictionary<string, string>(),
            message = notice is null ? PaymentNotice.Mistakes : string.Join(' ', [notice.Sentence, .. notice.Things]),
            things = notice?.Things ?? [],
            sentence = notice?.Sentence ?? PaymentNotice.Mistakes,
            adjust = notice?.Adjust,
            key = CheckoutKey.New(),
            seen = SeenCart.Of(cart).ToString(),
            pay = $"Pay {locale.Money(cart.TotalCents)}",
            topics = CartTopics.Of(cart),
        },
        statusCode: StatusCodes.Status422UnprocessableEntity);
}
