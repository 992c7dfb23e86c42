using OrderService.Carts;
using OrderService.Payments;
using OrderService.Shelves;

namespace OrderService.Checkouts;

/// <summary>
/// Brings checkouts that were cut off to an end, at the start and every ten seconds from then on: one that was paid becomes its order, of any other the stock
/// goes back. Also forgets old carts.
/// </summary>
internal sealed class CheckoutSettlement(
    CheckoutStore checkouts, CheckoutTurns turns, CartStore carts, ShelfClient shelves, PaymentProvider payments, CheckoutSettlementOptions options, TimeProvider time,
    ILogger<CheckoutSettlement> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan BetweenCleanings = TimeSpan.FromHours(1);

    private DateTimeOffset _cleaned = DateTimeOffset.MinValue;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        try
        {
            do
            {
                await TryOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is found at the next start.
        }
    }

    // Whatever goes wrong here (a full disk, a locked file) must not end the service: the next look may find it mended.
    private async Task TryOnceAsync(CancellationToken ct)
    {
        try
        {
            foreach (var checkout in await checkouts.UnderWayAsync(time.GetUtcNow() - options.After, ct))
            {
                await TrySettleAsync(checkout, ct);
            }

            await CleanAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.SettlementFailed(e);
        }
    }

    // One that cannot be settled must not keep those behind it waiting.
    private async Task TrySettleAsync(Checkout checkout, CancellationToken ct)
    {
        try
        {
            await SettleAsync(checkout, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            logger.CheckoutNotSettled(e, checkout.StockKey);
        }
    }

    private async Task SettleAsync(Checkout found, CancellationToken ct)
    {
        // Somebody may be at it in this very process; behind them it is over.
        using var turn = await turns.EnterAsync(found.CartKey, ct);
        if (await checkouts.FindAsync(found.UserId, found.Key, ct) is not { IsUnderWay: true } checkout || checkout.StockKey != found.StockKey)
        {
            return;
        }

        if (checkout.State == CheckoutState.Begun && await payments.HasChargedAsync(checkout.StockKey, ct))
        {
            logger.OrderedLate(checkout.StockKey, await checkouts.OrderAsync(checkout, ct));
        }
        else if (await shelves.ReturnAsync(checkout.StockKey, ct))
        {
            await checkouts.EndAsync(checkout, CheckoutState.Ended, ct);
            logger.GivenUpLate(checkout.StockKey);
        }
        else
        {
            logger.NotSettled(checkout.StockKey, Pause.TotalSeconds);
        }
    }

    private async Task CleanAsync(CancellationToken ct)
    {
        if (time.GetUtcNow() - _cleaned < BetweenCleanings)
        {
            return;
        }

        await checkouts.ForgetOldAsync(ct);
        if (await carts.ForgetOldAsync(ct) is > 0 and var count)
        {
            logger.CartsForgotten(count);
        }

        _cleaned = time.GetUtcNow();
    }
}
