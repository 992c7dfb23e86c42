namespace OrderService;

/// <summary>Questions to the order book.</summary>
internal sealed class OrderStore(ServiceDatabase database)
{
    /// <summary>A user's orders with their lines, the newest first; none when there is no such user.</summary>
    /// <param name="userId">Whose.</param>
    /// <param name="limit">The most to return.</param>
    public async Task<IReadOnlyList<Order>> HistoryAsync(int userId, int limit, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT newest.id, newest.placed_on, newest.status, line.product_id, line.product_name, line.quantity, line.price_cents
            FROM (SELECT * FROM purchase WHERE user_id = $user ORDER BY placed_on DESC, id DESC LIMIT $limit) AS newest
            JOIN line ON line.purchase_id = newest.id
            ORDER BY newest.placed_on DESC, newest.id DESC, line.position
            """;
        command.Parameters.AddWithValue("$user", userId);
        command.Parameters.AddWithValue("$limit", limit);

        await using var reader = await command.ExecuteReaderAsync(ct);
        var orders = new List<Order>();
        var lines = new List<OrderLine>();
        while (await reader.ReadAsync(ct))
        {
            var id = reader.GetInt32(0);
            if (orders.Count == 0 || orders[^1].Id != id)
            {
                lines = [];
                orders.Add(new(id, userId, reader.GetFieldValue<DateOnly>(1), Enum.Parse<OrderStatus>(reader.GetString(2), ignoreCase: true), lines));
            }

            lines.Add(new(reader.GetInt32(3), reader.GetString(4), reader.GetInt32(5), reader.GetInt32(6)));
        }

        return orders;
    }
}
