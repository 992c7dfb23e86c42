namespace OrderService.Payments;

/// <summary>
/// Stands for a payment provider, for the demonstration: no money moves, and a card's number decides what happens. Its books are its own affair, as a real
/// one's would be elsewhere; they hold amounts, and nothing of a card.
/// </summary>
internal sealed class PaymentProvider(ServiceDatabase database, TimeProvider time)
{
    /// <summary>What people know it by.</summary>
    public const string Name = "Pretend Pay";

    /// <summary>Charges a card once for a key, however often it is asked to.</summary>
    /// <returns>False when the card was declined.</returns>
    public async Task<bool> ChargeAsync(string key, long cents, Card card, CancellationToken ct)
    {
        if (card.Number == CardNumber.Declined)
        {
            return false;
        }

        await database.WriteAsync(
            (connection, token) => connection.Command(
                "INSERT INTO pretended_payment (key, cents, paid_at) VALUES ($key, $cents, $now) ON CONFLICT DO NOTHING",
                ("$key", key), ("$cents", cents), ("$now", Moment.Text(time.GetUtcNow()))).RunAsync(token),
            ct);
        return true;
    }

    /// <summary>Whether a card was charged for the key: what a shop asks when it was cut off in between.</summary>
    public async Task<bool> HasChargedAsync(string key, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await connection.Command("SELECT 1 FROM pretended_payment WHERE key = $key", ("$key", key)).ScalarAsync(ct) is not null;
    }
}
