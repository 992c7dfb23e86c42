using OrderService.Carts;
using OrderService.Fragments;
using OrderService.Payments;
using Stitcher.Fragments.Forms;

namespace OrderService.Checkouts;

/// <summary>A payment form that was refused, for the script that had sent it: as every form's answer, with what the form needs to be sent again as it stands.</summary>
internal static class PaymentAnswer
{
    public static IResult Of(Cart cart, PaymentEntry entry, PaymentNotice? notice, Locale locale) => FormAnswer.Refused(
        notice is null ? entry.Errors : null,
        notice is null ? PaymentNotice.Mistakes : string.Join(' ', [notice.Sentence, .. notice.Things]),
        further: new Dictionary<string, object?>
        {
            ["things"] = notice?.Things ?? [],
            ["sentence"] = notice?.Sentence ?? PaymentNotice.Mistakes,
            ["adjust"] = notice?.Adjust,
            ["key"] = CheckoutKey.New(),
            ["seen"] = SeenCart.Of(cart).ToString(),
            ["pay"] = $"Pay {locale.Money(cart.TotalCents)}",
            ["topics"] = CartTopics.Of(cart),
        });
}
