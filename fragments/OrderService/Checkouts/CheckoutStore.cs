using System.Text.Json;
using Microsoft.Data.Sqlite;
using OrderService.Carts;
using OrderService.Payments;

namespace OrderService.Checkouts;

/// <summary>What is written down of checkouts, so that none is lost when the service is cut off in the middle of it.</summary>
internal sealed class CheckoutStore(ServiceDatabase database, TimeProvider time)
{
    private const string Columns = "user_id, key, cart_key, stock_key, state, began_at, address, purchase_id";

    public Task<Checkout?> FindAsync(int user, string key, CancellationToken ct) =>
        OneAsync($"SELECT {Columns} FROM checkout WHERE user_id = $user AND key = $key", [("$user", user), ("$key", key)], ct);

    /// <summary>The attempt at this cart that is not over yet.</summary>
    public Task<Checkout?> UnderWayAsync(string cart, CancellationToken ct) =>
        OneAsync($"SELECT {Columns} FROM checkout WHERE cart_key = $cart AND state IN ('begun', 'returning') LIMIT 1", [("$cart", cart)], ct);

    /// <summary>The order that this user made of this cart, if it is not older than an hour.</summary>
    public async Task<int?> RecentOrderAsync(int user, string cart, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        var order = await connection.Command(
            "SELECT purchase_id FROM checkout WHERE cart_key = $cart AND user_id = $user AND state = 'ordered' AND began_at > $limit ORDER BY began_at DESC LIMIT 1",
            ("$cart", cart), ("$user", user), ("$limit", Moment.Text(time.GetUtcNow() - TimeSpan.FromHours(1)))).ScalarAsync(ct);
        return order is long id ? (int)id : null;
    }

    /// <summary>All attempts that began before then and are not over.</summary>
    public async Task<IReadOnlyList<Checkout>> UnderWayAsync(DateTimeOffset before, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await ReadAsync(
            connection, $"SELECT {Columns} FROM checkout WHERE state IN ('begun', 'returning') AND began_at <= $before ORDER BY began_at", [("$before", Moment.Text(before))], ct);
    }

    /// <summary>Writes an attempt down before anything is done for it.</summary>
    /// <exception cref="InvalidOperationException">There is one with this key that did not end.</exception>
    public Task BeginAsync(Checkout checkout, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            var begun = await connection.Command(
                """
                INSERT INTO checkout (user_id, key, cart_key, stock_key, state, began_at, address) VALUES ($user, $key, $cart, $stock, 'begun', $now, $address)
                ON CONFLICT (user_id, key) DO UPDATE SET cart_key = $cart, stock_key = $stock, state = 'begun', began_at = $now, address = $address WHERE state = 'ended'
                """,
                ("$user", checkout.UserId), ("$key", checkout.Key), ("$cart", checkout.CartKey), ("$stock", checkout.StockKey),
                ("$now", Moment.Text(checkout.BeganAt)), ("$address", JsonSerializer.Serialize(checkout.Address))).RunAsync(token);
            if (begun != 1)
            {
                throw new InvalidOperationException("A checkout began twice: another program works on the same database.");
            }

            await connection.Command("DELETE FROM checkout_line WHERE stock_key = $stock", ("$stock", checkout.StockKey)).RunAsync(token);
            await WriteLinesAsync(connection, "checkout_line", "stock_key", checkout.StockKey, checkout.Lines, token);
            return true;
        },
        ct);

    /// <summary>Nothing comes of it.</summary>
    public Task EndAsync(Checkout checkout, CheckoutState state, CancellationToken ct) => database.WriteAsync(
        (connection, token) => connection.Command(
            "UPDATE checkout SET state = $state WHERE stock_key = $stock AND state IN ('begun', 'returning')",
            ("$state", Name(state)), ("$stock", checkout.StockKey)).RunAsync(token),
        ct);

    /// <summary>Makes the order, takes what was ordered out of the cart and closes the checkout: all of it or nothing.</summary>
    /// <returns>The order's id.</returns>
    public Task<int> OrderAsync(Checkout checkout, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            var now = time.GetUtcNow();
            var id = (int)(long)(await connection.Command(
                "INSERT INTO purchase (user_id, placed_on, status) VALUES ($user, $day, 'placed') RETURNING id",
                ("$user", checkout.UserId), ("$day", DateOnly.FromDateTime(now.UtcDateTime))).ScalarAsync(token))!;
            await WriteLinesAsync(connection, "line", "purchase_id", id, checkout.Lines, token);
            var address = checkout.Address;
            await connection.Command(
                """
                INSERT INTO delivery (purchase_id, placed_at, name, street, postcode, town, country)
                VALUES ($id, $now, $name, $street, $postcode, $town, $country)
                """,
                ("$id", id), ("$now", Moment.Text(now)), ("$name", address.Name), ("$street", address.Street), ("$postcode", address.Postcode),
                ("$town", address.Town), ("$country", address.Country)).RunAsync(token);
            await CartStore.TakeOrderedAsync(connection, checkout.CartKey, checkout.Lines, token);

            // The address is the order's from here on; one copy is enough.
            await connection.Command(
                "UPDATE checkout SET state = 'ordered', purchase_id = $id, address = 'null' WHERE stock_key = $stock", ("$id", id), ("$stock", checkout.StockKey)).RunAsync(token);
            return id;
        },
        ct);

    /// <summary>Forgets attempts of which nothing came, and after a month the keys of those that became orders.</summary>
    public Task<int> ForgetOldAsync(CancellationToken ct) => database.WriteAsync(
        (connection, token) => connection.Command(
            "DELETE FROM checkout WHERE (state = 'ended' AND began_at < $day) OR (state = 'ordered' AND began_at < $month)",
            ("$day", Moment.Text(time.GetUtcNow() - TimeSpan.FromDays(1))), ("$month", Moment.Text(time.GetUtcNow() - CartCookie.Lifetime))).RunAsync(token),
        ct);

    private async Task<Checkout?> OneAsync(string sql, (string, object?)[] values, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await ReadAsync(connection, sql, values, ct) is [var found, ..] ? found : null;
    }

    private static async Task<IReadOnlyList<Checkout>> ReadAsync(SqliteConnection connection, string sql, (string, object?)[] values, CancellationToken ct)
    {
        var found = new List<Checkout>();
        await using (var command = connection.Command(sql, values))
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                found.Add(new Checkout(
                    reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), Enum.Parse<CheckoutState>(reader.GetString(4), ignoreCase: true),
                    Moment.Read(reader.GetString(5)), JsonSerializer.Deserialize<Address>(reader.GetString(6)) ?? new Address("", "", "", "", ""), [],
                    reader.IsDBNull(7) ? null : reader.GetInt32(7)));
            }
        }

        for (var i = 0; i < found.Count; i++)
        {
            found[i] = found[i] with { Lines = await LinesAsync(connection, found[i].StockKey, ct) };
        }

        return found;
    }

    private static async Task<IReadOnlyList<CartLine>> LinesAsync(SqliteConnection connection, string stock, CancellationToken ct)
    {
        await using var command = connection.Command(
            "SELECT product_id, product_name, quantity, price_cents FROM checkout_line WHERE stock_key = $stock ORDER BY position", ("$stock", stock));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<CartLine>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        }

        return lines;
    }

    private static async Task WriteLinesAsync(
        SqliteConnection connection, string table, string ownerColumn, object owner, IReadOnlyList<CartLine> lines, CancellationToken ct)
    {
        foreach (var (index, line) in lines.Index())
        {
            await connection.Command(
                $"""
                INSERT INTO {table} ({ownerColumn}, position, product_id, product_name, quantity, price_cents)
                VALUES ($owner, $position, $product, $name, $quantity, $price)
                """,
                ("$owner", owner), ("$position", index + 1), ("$product", line.ProductId), ("$name", line.Name), ("$quantity", line.Quantity),
                ("$price", line.PriceCents)).RunAsync(ct);
        }
    }

    private static string Name(CheckoutState state) => state.ToString().ToLowerInvariant();
}
