using OrderService.Carts;
using OrderService.Checkouts;
using OrderService.Payments;
using Stitcher.Fragments.Forms;

namespace OrderService.Fragments;

/// <summary>What is said above the payment form when nothing was ordered.</summary>
/// <param name="Sentence">What happened, and what to do.</param>
internal sealed record PaymentNotice(string Sentence)
{
    /// <summary>Above a form with fields that are wrong.</summary>
    public const string Mistakes = "Nothing was ordered yet. Please look at:";

    /// <summary>A line for each thing that it is about.</summary>
    public IReadOnlyList<string> Things { get; init; } = [];

    /// <summary>How to make the cart fit what there is, as <see cref="CartForm.Adjust"/> reads it; null when that is no help.</summary>
    public string? Adjust { get; init; }

    /// <summary>A page that says more.</summary>
    public (string Address, string Words)? Way { get; init; }

    public static PaymentNotice Outdated { get; } = new(FormToken.Outdated);

    public static PaymentNotice SignedOut { get; } = new("You had been signed out when your form came in, so nothing was ordered and nothing was paid. Your cart is as you left it.");

    /// <param name="outcome">What came of the form; anything but an order.</param>
    /// <param name="cart">The cart as it is now.</param>
    /// <param name="locale">How sums are written.</param>
    public static PaymentNotice Of(CheckoutOutcome outcome, Cart cart, Locale locale) => outcome switch
    {
        CheckoutOutcome.NothingThere => new("Your cart is empty, so nothing was ordered and nothing was paid."),
        CheckoutOutcome.CartChanged => new($"Your cart is not what this form had shown, so nothing was ordered yet. It costs {locale.Money(cart.TotalCents)} now; send the form again if that is right."),
        CheckoutOutcome.PriceChanged { Prices: var prices } => new($"Prices have changed meanwhile, so nothing was ordered yet. The sum is {locale.Money(cart.TotalCents)} now; send the form again if that is all right.")
        {
            Things = [.. prices.Select(price => $"{price.Name} costs {locale.Money(price.Now)}, it was {locale.Money(price.Was)}.")],
        },
        CheckoutOutcome.Gone { Things: var things } => new("Somebody was quicker, so nothing was ordered and nothing was paid.")
        {
            Things = [.. things.Select(static thing => thing.Left switch
            {
                0 => $"{thing.Line.Name} is sold out.",
                1 => $"{thing.Line.Name}: there is 1 left, you wanted {thing.Line.Quantity}.",
                var left => $"{thing.Line.Name}: there are {left} left, you wanted {thing.Line.Quantity}.",
            })],
            Adjust = CartForm.AdjustTo(things.Select(static thing => (thing.Line.ProductId, thing.Left))),
        },
        CheckoutOutcome.Declined => new($"{PaymentProvider.Name} declined the card. Nothing was ordered and nothing was paid; please use another card."),
        CheckoutOutcome.ShelvesAway => new("The shelves cannot be reached just now, so nothing was ordered and nothing was paid. Your cart is safe; please try again in a moment."),
        CheckoutOutcome.Unsettled => new("An earlier payment for this cart is still being settled, so nothing more was ordered. In a minute your orders say what came of it.")
        {
            Way = ("/orders", "To your orders"),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "Nothing is said of an order."),
    };
}
