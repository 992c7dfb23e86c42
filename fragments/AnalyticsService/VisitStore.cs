using Microsoft.Data.Sqlite;

namespace AnalyticsService;

/// <summary>Questions to the counter.</summary>
internal sealed class VisitStore(ServiceDatabase database)
{
    /// <summary>Figures of the last days, today being the last of them.</summary>
    /// <param name="today">The last day.</param>
    /// <param name="days">How many days.</param>
    /// <param name="userId">Whose visits; null counts everybody's.</param>
    /// <param name="top">The most products to name.</param>
    public async Task<VisitFigures> FiguresAsync(DateOnly today, int days, int? userId, int top, CancellationToken ct)
    {
        var first = today.AddDays(1 - days);
        await using var connection = await database.OpenAsync(ct);
        var perDay = await PerDayAsync(connection, first.AddDays(-days), today, userId, ct);
        var range = Enumerable.Range(0, days)
            .Select(offset => first.AddDays(offset))
            .Select(day => new VisitDay(day, perDay.GetValueOrDefault(day).Visits))
            .ToArray();
        return new VisitFigures(
            range,
            range.Sum(day => day.Visits),
            perDay.Where(day => day.Key >= first).Sum(day => day.Value.Views),
            perDay.Where(day => day.Key < first).Sum(day => day.Value.Visits),
            await TopAsync(connection, first, today, userId, top, ct));
    }

    private static async Task<Dictionary<DateOnly, (int Visits, int Views)>> PerDayAsync(
        SqliteConnection connection, DateOnly first, DateOnly last, int? userId, CancellationToken ct)
    {
        await using var command = Ask(
            connection,
            "SELECT day, count(DISTINCT visitor), count(*) FROM visit WHERE day BETWEEN $first AND $last AND {user} GROUP BY day",
            first,
            last,
            userId);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var days = new Dictionary<DateOnly, (int, int)>();
        while (await reader.ReadAsync(ct))
        {
            days[reader.GetFieldValue<DateOnly>(0)] = (reader.GetInt32(1), reader.GetInt32(2));
        }

        return days;
    }

    private static async Task<IReadOnlyList<ProductViews>> TopAsync(
        SqliteConnection connection, DateOnly first, DateOnly last, int? userId, int top, CancellationToken ct)
    {
        await using var command = Ask(
            connection,
            """
            SELECT product_id, title, count(*) AS views FROM visit
            WHERE day BETWEEN $first AND $last AND product_id IS NOT NULL AND {user}
            GROUP BY product_id, title ORDER BY views DESC, product_id LIMIT $top
            """,
            first,
            last,
            userId);
        command.Parameters.AddWithValue("$top", top);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var products = new List<ProductViews>();
        while (await reader.ReadAsync(ct))
        {
            products.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2)));
        }

        return products;
    }

    private static SqliteCommand Ask(SqliteConnection connection, string sql, DateOnly first, DateOnly last, int? userId)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql.Replace("{user}", userId is null ? "TRUE" : "user_id = $user", StringComparison.Ordinal);
        command.Parameters.AddWithValue("$first", first);
        command.Parameters.AddWithValue("$last", last);
        if (userId is { } user)
        {
            command.Parameters.AddWithValue("$user", user);
        }

        return command;
    }
}
