using OrderService.Carts;
using OrderService.Payments;
using OrderService.Shelves;

namespace OrderService.Checkouts;

/// <summary>
/// Makes an order of a cart: once for each form, whole or not at all. The steps: look at the shelves; write the attempt down; take the stock; charge the card;
/// write the order. Where it is cut off, <see cref="CheckoutSettlement"/> finds the attempt and brings it to one end or the other.
/// </summary>
internal sealed class CheckoutDesk(
    CheckoutStore checkouts, CheckoutTurns turns, CartStore carts, ShelfClient shelves, PaymentProvider payments, TimeProvider time, ILogger<CheckoutDesk> logger)
{
    /// <param name="request">A form with nothing wrong in it.</param>
    /// <param name="waiting">Ends the wait for an earlier attempt. Once it has begun, an attempt is brought to its end, whether the browser still waits or not.</param>
    public async Task<CheckoutOutcome> OrderAsync(CheckoutRequest request, CancellationToken waiting)
    {
        if (request.CartId is not { } id)
        {
            return (await checkouts.FindAsync(request.UserId, request.Key, waiting))?.OrderId is { } order
                ? new CheckoutOutcome.Ordered(order, ByAnotherForm: false)
                : new CheckoutOutcome.NothingThere();
        }

        using var turn = await turns.EnterAsync(id.Key, waiting);
        return await EarlierAsync(request, id, CancellationToken.None) ?? await TryAsync(request, id, CancellationToken.None);
    }

    /// <summary>What an earlier sending of the form, or another form for the same cart, has come to.</summary>
    /// <returns>Null when this is the first.</returns>
    private async Task<CheckoutOutcome?> EarlierAsync(CheckoutRequest request, CartId id, CancellationToken ct)
    {
        var same = await checkouts.FindAsync(request.UserId, request.Key, ct);
        if (same?.OrderId is { } order)
        {
            return new CheckoutOutcome.Ordered(order, ByAnotherForm: false);
        }

        // It is this service's turn, so whoever is at it does not run here: it was cut off, and is settled soon.
        return same is { IsUnderWay: true } || await checkouts.UnderWayAsync(id.Key, ct) is not null ? new CheckoutOutcome.Unsettled() : null;
    }

    private async Task<CheckoutOutcome> TryAsync(CheckoutRequest request, CartId id, CancellationToken ct)
    {
        var cart = await carts.FindAsync(id, ct);
        if (cart.IsEmpty)
        {
            return await checkouts.RecentOrderAsync(request.UserId, id.Key, ct) is { } order
                ? new CheckoutOutcome.Ordered(order, ByAnotherForm: true)
                : new CheckoutOutcome.NothingThere();
        }

        if (await shelves.LookAsync(cart.Lines.Select(static line => line.ProductId), ct) is not { } products)
        {
            return new CheckoutOutcome.ShelvesAway();
        }

        return await ObstacleAsync(request, id, cart, products, ct) ?? await GoThroughAsync(
            new Checkout(request.UserId, request.Key, id.Key, CheckoutKey.New(), CheckoutState.Begun, time.GetUtcNow(), request.Address, Priced(cart, products), null),
            cart,
            request.Card,
            ct);
    }

    /// <summary>Whether what would be ordered is what was seen, and is there.</summary>
    private async Task<CheckoutOutcome?> ObstacleAsync(
        CheckoutRequest request, CartId id, Cart cart, IReadOnlyDictionary<int, ShelfProduct> products, CancellationToken ct)
    {
        if (!request.Seen.HasTheThingsOf(cart))
        {
            return new CheckoutOutcome.CartChanged();
        }

        var gone = cart.Lines
            .Select(line => new CheckoutOutcome.Shortage(line, products.GetValueOrDefault(line.ProductId)?.Stock ?? 0))
            .Where(static thing => thing.Left < thing.Line.Quantity)
            .ToArray();
        if (gone.Length > 0)
        {
            return new CheckoutOutcome.Gone(gone);
        }

        var dearer = cart.Lines
            .Select(line => new CheckoutOutcome.NewPrice(products[line.ProductId].Name, request.Seen.PriceOf(line.ProductId)!.Value, products[line.ProductId].PriceCents))
            .Where(static price => price.Was != price.Now)
            .ToArray();
        if (dearer.Length == 0)
        {
            return null;
        }

        await carts.RepriceAsync(id, [.. products.Values], ct);
        return new CheckoutOutcome.PriceChanged(dearer);
    }

    private async Task<CheckoutOutcome> GoThroughAsync(Checkout checkout, Cart cart, Card card, CancellationToken ct)
    {
        await checkouts.BeginAsync(checkout, ct);
        var take = await shelves.TakeAsync(checkout.StockKey, [.. checkout.Lines.Select(static line => new ShelfLine(line.ProductId, line.Quantity))], ct);
        if (take.IsAway)
        {
            await GiveBackAsync(checkout, ct);
            return new CheckoutOutcome.ShelvesAway();
        }

        if (take.Gone.Count > 0)
        {
            await checkouts.EndAsync(checkout, CheckoutState.Ended, ct);
            return CheckoutOutcome.GoneOf(cart, take.Gone);
        }

        if (!await payments.ChargeAsync(checkout.StockKey, checkout.TotalCents, card, ct))
        {
            await GiveBackAsync(checkout, ct);
            return new CheckoutOutcome.Declined();
        }

        var order = await checkouts.OrderAsync(checkout, ct);
        logger.Ordered(order);
        return new CheckoutOutcome.Ordered(order, ByAnotherForm: false);
    }

    // Written down first: what cannot be given back now is given back later.
    private async Task GiveBackAsync(Checkout checkout, CancellationToken ct)
    {
        await checkouts.EndAsync(checkout, CheckoutState.Returning, ct);
        if (await shelves.ReturnAsync(checkout.StockKey, ct))
        {
            await checkouts.EndAsync(checkout, CheckoutState.Ended, ct);
        }
    }

    // What an invoice says is what the shelves say now, which is what was seen.
    private static CartLine[] Priced(Cart cart, IReadOnlyDictionary<int, ShelfProduct> products) =>
        [.. cart.Lines.Select(line => line with { Name = products[line.ProductId].Name, PriceCents = products[line.ProductId].PriceCents })];
}
