using OrderService.Carts;
using OrderService.Shelves;

namespace OrderService.Checkouts;

/// <summary>What came of a payment form.</summary>
internal abstract record CheckoutOutcome
{
    private CheckoutOutcome()
    {
    }

    /// <summary>There is an order.</summary>
    /// <param name="ByAnotherForm">It was there before this form came, and not by it.</param>
    public sealed record Ordered(int OrderId, bool ByAnotherForm) : CheckoutOutcome;

    /// <summary>There is nothing to order.</summary>
    public sealed record NothingThere : CheckoutOutcome;

    /// <summary>The cart holds something else than what was seen.</summary>
    public sealed record CartChanged : CheckoutOutcome;

    /// <summary>Something costs something else than what was seen.</summary>
    public sealed record PriceChanged(IReadOnlyList<NewPrice> Prices) : CheckoutOutcome;

    /// <summary>There are fewer than were to be ordered.</summary>
    public sealed record Gone(IReadOnlyList<Shortage> Things) : CheckoutOutcome;

    /// <summary>The card was refused.</summary>
    public sealed record Declined : CheckoutOutcome;

    /// <summary>The products service is away.</summary>
    public sealed record ShelvesAway : CheckoutOutcome;

    /// <summary>An earlier attempt has not been settled yet.</summary>
    public sealed record Unsettled : CheckoutOutcome;

    /// <param name="Was">What was seen, in cents.</param>
    internal sealed record NewPrice(string Name, int Was, int Now);

    /// <param name="Line">What was to be ordered.</param>
    /// <param name="Left">How many there are.</param>
    internal sealed record Shortage(CartLine Line, int Left);

    public static Gone GoneOf(Cart cart, IEnumerable<ShelfShortage> shortages) =>
        new([.. shortages.Join(cart.Lines, static shortage => shortage.Id, static line => line.ProductId, static (shortage, line) => new Shortage(line, shortage.Left))]);
}
