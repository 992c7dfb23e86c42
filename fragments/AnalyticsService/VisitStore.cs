using Microsoft.Data.Sqlite;

namespace AnalyticsService;

/// <summary>Questions to the counter.</summary>
internal sealed class VisitStore(ServiceDatabase database)
{
    /// <summary>What "lately" means.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    /// <summary>Figures of the last days, today being the last of them.</summary>
    /// <param name="now">The time; the last day is its day in UTC.</param>
    /// <param name="days">How many days.</param>
    /// <param name="userId">Whose visits; null counts everybody's.</param>
    /// <param name="top">The most products to name.</param>
    public async Task<VisitFigures> FiguresAsync(DateTimeOffset now, int days, int? userId, int top, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var first = today.AddDays(1 - days);
        await using var connection = await database.OpenAsync(ct);
        var perDay = await PerDayAsync(connection, first.AddDays(-days), today, userId, ct);
        return new VisitFigures(
            [.. Enumerable.Range(0, days).Select(offset => first.AddDays(offset)).Select(day => perDay.GetValueOrDefault(day) ?? VisitDay.Empty(day))],
            perDay.Values.Where(day => day.Day < first).Sum(day => day.Visits),
            await TopAsync(connection, first, today, userId, top, ct),
            await LatelyAsync(connection, now - Lately, userId, ct));
    }

    private static async Task<Dictionary<DateOnly, VisitDay>> PerDayAsync(
        SqliteConnection connection, DateOnly first, DateOnly last, int? userId, CancellationToken ct)
    {
        await using var command = Ask(
            connection,
            """
            SELECT day, count(visitor), sum(views), sum(products), sum(carts), sum(orders),
                   count(visitor) FILTER (WHERE products > 0), count(visitor) FILTER (WHERE carts > 0), count(visitor) FILTER (WHERE orders > 0)
            FROM (
                SELECT day, visitor, sum(name = 'page_viewed') AS views, sum(name = 'product_viewed') AS products,
                       sum(name = 'cart_item_added') AS carts, sum(name = 'order_placed') AS orders
                FROM event WHERE day BETWEEN $first AND $last AND {user} GROUP BY day, visitor)
            GROUP BY day
            """,
            userId);
        Between(command, first, last);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var days = new Dictionary<DateOnly, VisitDay>();
        while (await reader.ReadAsync(ct))
        {
            var day = reader.GetFieldValue<DateOnly>(0);
            days[day] = new(
                day,
                reader.GetInt32(1),
                reader.GetInt32(2),
                reader.GetInt32(3),
                reader.GetInt32(4),
                reader.GetInt32(5),
                reader.GetInt32(6),
                reader.GetInt32(7),
                reader.GetInt32(8));
        }

        return days;
    }

    // A page without scripts tells a product's number only, so the name comes from where it is known. Browsers tell it, and anybody can say anything: it is
    // what most of them call it.
    private static async Task<IReadOnlyList<ProductViews>> TopAsync(
        SqliteConnection connection, DateOnly first, DateOnly last, int? userId, int top, CancellationToken ct)
    {
        await using var command = Ask(
            connection,
            """
            SELECT product_id, coalesce(title, 'Product ' || product_id), views
            FROM (
                SELECT product_id, title, sum(told) OVER (PARTITION BY product_id) AS views,
                       row_number() OVER (PARTITION BY product_id ORDER BY title IS NULL, told DESC, title) AS place
                FROM (
                    SELECT product_id, title, count(*) AS told FROM event
                    WHERE name = 'product_viewed' AND day BETWEEN $first AND $last AND {user} GROUP BY product_id, title))
            WHERE place = 1 ORDER BY views DESC, product_id LIMIT $top
            """,
            userId);
        Between(command, first, last);
        command.Parameters.AddWithValue("$top", top);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var products = new List<ProductViews>();
        while (await reader.ReadAsync(ct))
        {
            products.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return products;
    }

    private static async Task<int> LatelyAsync(SqliteConnection connection, DateTimeOffset since, int? userId, CancellationToken ct)
    {
        await using var command = Ask(
            connection, "SELECT count(*) FROM event WHERE received_at >= $since AND name = 'page_viewed' AND {user}", userId);
        command.Parameters.AddWithValue("$since", since.ToUnixTimeMilliseconds());
        return (int)(long)(await command.ExecuteScalarAsync(ct))!;
    }

    private static void Between(SqliteCommand command, DateOnly first, DateOnly last)
    {
        command.Parameters.AddWithValue("$first", first);
        command.Parameters.AddWithValue("$last", last);
    }

    private static SqliteCommand Ask(SqliteConnection connection, string sql, int? userId)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{user}", userId is null ? "TRUE" : "user_id = $user", StringComparison.Ordinal);
        if (userId is { } user)
        {
            command.Parameters.AddWithValue("$user", user);
        }

        return command;
    }
}
