using Microsoft.Data.Sqlite;
using OrderService.Payments;

namespace OrderService;

/// <summary>Questions to the order book.</summary>
internal sealed class OrderStore(ServiceDatabase database)
{
    /// <summary>A user's orders with their lines, the newest first; none when there is no such user.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="limit">The most to return.</param>
    /// <param name="status">Only those that have come so far; null for all.</param>
    public async Task<IReadOnlyList<Order>> HistoryAsync(int userId, int limit, OrderStatus? status, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command(
            """
            SELECT newest.id, newest.user_id, newest.placed_on, newest.status, line.product_id, line.product_name, line.quantity, line.price_cents
            FROM (SELECT * FROM purchase WHERE user_id = $user AND ($status IS NULL OR status = $status) ORDER BY placed_on DESC, id DESC LIMIT $limit) AS newest
            JOIN line ON line.purchase_id = newest.id
            ORDER BY newest.placed_on DESC, newest.id DESC, line.position
            """,
            ("$user", userId), ("$status", status?.ToString().ToLowerInvariant()), ("$limit", limit));
        return await ReadAsync(command, ct);
    }

    /// <summary>One order with its address, whosever it is; null when there is none.</summary>
    public async Task<Order?> FindAsync(int id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.Command(
            """
            SELECT purchase.id, purchase.user_id, purchase.placed_on, purchase.status, line.product_id, line.product_name, line.quantity, line.price_cents
            FROM purchase JOIN line ON line.purchase_id = purchase.id
            WHERE purchase.id = $id
            ORDER BY line.position
            """,
            ("$id", id));
        return await ReadAsync(command, ct) is [var order, ..] ? await WithDeliveryAsync(connection, order, ct) : null;
    }

    private static async Task<Order> WithDeliveryAsync(SqliteConnection connection, Order order, CancellationToken ct)
    {
        await using var command = connection.Command(
            "SELECT placed_at, name, street, postcode, town, country FROM delivery WHERE purchase_id = $id", ("$id", order.Id));
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? order with
            {
                PlacedAt = Moment.Read(reader.GetString(0)),
                Address = new Address(reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4), reader.GetString(5)),
            }
            : order;
    }

    private static async Task<IReadOnlyList<Order>> ReadAsync(SqliteCommand command, CancellationToken ct)
    {
        await using var reader = await command.ExecuteReaderAsync(ct);
        var orders = new List<Order>();
        var lines = new List<OrderLine>();
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetInt32(0);
            if (orders.Count == 0 || orders[^1].Id != id)
            {
                lines = [];
                orders.Add(new(id, reader.GetInt32(1), reader.GetFieldValue<DateOnly>(2), Enum.Parse<OrderStatus>(reader.GetString(3), ignoreCase: true), lines));
            }

            lines.Add(new(reader.GetInt32(4), reader.GetString(5), reader.GetInt32(6), reader.GetInt32(7)));
        }

        return orders;
    }
}
