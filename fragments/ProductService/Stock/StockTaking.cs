using Microsoft.Data.Sqlite;

namespace ProductService.Stock;

/// <summary>Takes things off the shelves for an order, all of them or none, and puts them back. Each once for a key.</summary>
internal sealed class StockTaking(ServiceDatabase database, TimeProvider time)
{
    /// <summary>Takes what was not taken with this key before.</summary>
    /// <returns>What there is too little of; then nothing was taken. Everything, when it was put back with this key: an order that was given up stays given up.</returns>
    public Task<IReadOnlyList<StockShortage>> TakeAsync(string key, IReadOnlyList<StockLine> lines, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            var (isKnown, isReturned) = await FindAsync(connection, key, token);
            if (isKnown && !isReturned)
            {
                return [];
            }

            var left = await LeftAsync(connection, lines, token);
            var shortages = lines.Where(line => isReturned || left[line.Id] < line.Quantity).Select(line => new StockShortage(line.Id, left[line.Id])).ToArray();
            if (shortages.Length == 0)
            {
                await WriteAsync(connection, "INSERT INTO stock_take (key, taken_at) VALUES ($key, $now)", token, ("$key", key), ("$now", Now()));
                foreach (var line in lines)
                {
                    (string, object)[] values = [("$key", key), ("$id", line.Id), ("$quantity", line.Quantity)];
                    await WriteAsync(connection, "INSERT INTO stock_take_line (key, product, quantity) VALUES ($key, $id, $quantity)", token, values);
                    await WriteAsync(connection, "UPDATE product SET stock = stock - $quantity WHERE id = $id", token, values[1..]);
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
            await WriteAsync(
                connection,
                isKnown
                    ? "UPDATE stock_take SET returned_at = $now WHERE key = $key"
                    : "INSERT INTO stock_take (key, taken_at, returned_at) VALUES ($key, $now, $now)",
                token,
                ("$key", key),
                ("$now", Now()));
            return await PutBackAsync(connection, key, token);
        },
        ct);

    private static async Task<IReadOnlyList<int>> PutBackAsync(SqliteConnection connection, string key, CancellationToken ct)
    {
        await using var command = Command(
            connection,
            """
            UPDATE product SET stock = product.stock + line.quantity FROM stock_take_line AS line
            WHERE line.key = $key AND line.product = product.id RETURNING product.id
            """,
            [("$key", key)]);
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
        await using var command = Command(connection, "SELECT returned_at IS NOT NULL FROM stock_take WHERE key = $key", [("$key", key)]);
        return await command.ExecuteScalarAsync(ct) is long returned ? (true, returned == 1) : (false, false);
    }

    private static async Task<Dictionary<int, int>> LeftAsync(SqliteConnection connection, IReadOnlyList<StockLine> lines, CancellationToken ct)
    {
        var left = new Dictionary<int, int>();
        foreach (var line in lines)
        {
            await using var command = Command(connection, "SELECT stock FROM product WHERE id = $id", [("$id", line.Id)]);
            left[line.Id] = await command.ExecuteScalarAsync(ct) is long stock ? (int)stock : 0;
        }

        return left;
    }

    private static async Task WriteAsync(SqliteConnection connection, string sql, CancellationToken ct, params (string Name, object Value)[] values)
    {
        await using var command = Command(connection, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    private string Now() => time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
