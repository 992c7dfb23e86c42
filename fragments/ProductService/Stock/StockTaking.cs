using Microsoft.Data.Sqlite;

namespace ProductService.Stock;

/// <summary>Takes things off the shelves for an order, all of them or none, and puts them back. Each once for a key.</summary>
internal sealed class StockTaking(ServiceDatabase database, TimeProvider time)
{
    // Orders gives a checkout up within minutes and forgets it after a month; nobody asks about its key much later.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(90);

    // More than come, and so few that no order waits for them.
    private const int ForgottenAtOnce = 20;

    /// <summary>Takes what was not taken with this key before.</summary>
    /// <returns>What there is too little of; then nothing was taken. Everything, when it was put back with this key: an order that was given up stays given up.</returns>
    public Task<IReadOnlyList<StockShortage>> TakeAsync(string key, IReadOnlyList<StockLine> lines, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            await ForgetOldAsync(connection, token);
            var (isKnown, isReturned) = await FindAsync(connection, key, token);
            if (isKnown && !isReturned)
            {
                return [];
            }

            var left = await LeftAsync(connection, lines, token);
            var shortages = lines.Where(line => isReturned || left[line.Id] < line.Quantity).Select(line => new StockShortage(line.Id, left[line.Id])).ToArray();
            if (shortages.Length == 0)
            {
                await connection.Command("INSERT INTO stock_take (key, taken_at) VALUES ($key, $now)", ("$key", key), ("$now", Now())).RunAsync(token);
                foreach (var line in lines)
                {
                    await connection.Command(
                        "INSERT INTO stock_take_line (key, product, quantity) VALUES ($key, $id, $quantity)",
                        ("$key", key), ("$id", line.Id), ("$quantity", line.Quantity)).RunAsync(token);
                    await connection.Command(
                        "UPDATE product SET stock = stock - $quantity WHERE id = $id", ("$id", line.Id), ("$quantity", line.Quantity)).RunAsync(token);
                }
            }

            return (IReadOnlyList<StockShortage>)shortages;
        },
        ct);

    /// <summary>Puts back what was taken with this key, and sees to it that nothing is taken with it any more.</summary>
    /// <returns>The products that are back on their shelves.</returns>
    public Task<IReadOnlyList<int>> ReturnAsync(string key, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            var (isKnown, isReturned) = await FindAsync(connection, key, token);
            if (isReturned)
            {
                return (IReadOnlyList<int>)[];
            }

            // A taking may still be on its way to us: it must find that it was given up.
            await connection.Command(
                isKnown
                    ? "UPDATE stock_take SET returned_at = $now WHERE key = $key"
                    : "INSERT INTO stock_take (key, taken_at, returned_at) VALUES ($key, $now, $now)",
                ("$key", key), ("$now", Now())).RunAsync(token);
            return await PutBackAsync(connection, key, token);
        },
        ct);

    // Each taking pays for a few old ones, so that there is nothing to run beside them.
    private Task<int> ForgetOldAsync(SqliteConnection connection, CancellationToken ct) => connection.Command(
        "DELETE FROM stock_take WHERE key IN (SELECT key FROM stock_take WHERE taken_at < $day ORDER BY taken_at LIMIT $most)",
        ("$day", Text(time.GetUtcNow() - Remembered)), ("$most", ForgottenAtOnce)).RunAsync(ct);

    private static async Task<IReadOnlyList<int>> PutBackAsync(SqliteConnection connection, string key, CancellationToken ct)
    {
        await using var command = connection.Command(
            """
            UPDATE product SET stock = product.stock + line.quantity FROM stock_take_line AS line
            WHERE line.key = $key AND line.product = product.id RETURNING product.id
            """,
            ("$key", key));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var back = new List<int>();
        while (await reader.ReadAsync(ct))
        {
            back.Add(reader.GetInt32(0));
        }

        return back;
    }

    private static async Task<(bool IsKnown, bool IsReturned)> FindAsync(SqliteConnection connection, string key, CancellationToken ct)
    {
        var known = await connection.Command("SELECT returned_at IS NOT NULL FROM stock_take WHERE key = $key", ("$key", key)).ScalarAsync(ct);
        return known is long returned ? (true, returned == 1) : (false, false);
    }

    private static async Task<Dictionary<int, int>> LeftAsync(SqliteConnection connection, IReadOnlyList<StockLine> lines, CancellationToken ct)
    {
        var left = new Dictionary<int, int>();
        foreach (var line in lines)
        {
            left[line.Id] = await connection.Command("SELECT stock FROM product WHERE id = $id", ("$id", line.Id)).ScalarAsync(ct) is long stock ? (int)stock : 0;
        }

        return left;
    }

    private string Now() => Text(time.GetUtcNow());

    private static string Text(DateTimeOffset moment) => moment.ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
