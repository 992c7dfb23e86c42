using System.Globalization;
using Microsoft.Data.Sqlite;

namespace AnalyticsService.Seed;

/// <summary>What the visitors of the history put in their carts and ordered: about every tenth product that is looked at, and two carts of five.</summary>
internal static class SaleSeed
{
    private const double PutsInCart = .09;
    private const double Orders = .4;

    /// <summary>For every day that there is.</summary>
    public static async Task FillAllAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT day FROM event WHERE key IS NULL ORDER BY day";
        var days = new List<DateOnly>();
        await using (var reader = await command.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                days.Add(reader.GetFieldValue<DateOnly>(0));
            }
        }

        foreach (var day in days)
        {
            await FillDayAsync(connection, day, ct);
        }
    }

    /// <summary>For one day, from the products that its visitors looked at. A day has the same sales whenever they are made.</summary>
    public static async Task FillDayAsync(SqliteConnection connection, DateOnly day, CancellationToken ct)
    {
        // Reproducible on purpose; nothing secret is drawn.
#pragma warning disable CA5394
        var random = new Random(day.DayNumber + 7_919);
        var looked = await LookedAtAsync(connection, day, ct);
        await using var insert = Insert(connection, day);
        foreach (var visitor in looked.GroupBy(look => look.Visitor, StringComparer.Ordinal))
        {
            var taken = visitor.Where(_ => random.NextDouble() < PutsInCart).ToArray();
            foreach (var look in taken)
            {
                await RunAsync(insert, "cart_item_added", look, random.Next(4) == 0 ? 2 : 1, ct);
            }

            if (taken.Length > 0 && random.NextDouble() < Orders)
            {
                await RunAsync(insert, "order_placed", taken[0] with { Title = null, Product = null }, null, ct);
            }
        }
#pragma warning restore CA5394
    }

    private static async Task<IReadOnlyList<Look>> LookedAtAsync(SqliteConnection connection, DateOnly day, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT visitor, user_id, title, product_id FROM event WHERE day = $day AND key IS NULL AND name = 'product_viewed' ORDER BY id";
        command.Parameters.AddWithValue("$day", day);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var looked = new List<Look>();
        while (await reader.ReadAsync(ct))
        {
            looked.Add(new(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetInt32(1), reader.GetString(2), reader.GetInt32(3)));
        }

        return looked;
    }

    private static SqliteCommand Insert(SqliteConnection connection, DateOnly day)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO event (name, day, visitor, user_id, title, product_id, quantity)
            VALUES ($name, $day, $visitor, $user, $title, $product, $quantity)
            """;
        command.Parameters.AddWithValue("$day", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        foreach (var name in (string[])["$name", "$visitor", "$user", "$title", "$product", "$quantity"])
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static Task<int> RunAsync(SqliteCommand insert, string name, Look look, int? quantity, CancellationToken ct)
    {
        insert.Parameters["$name"].Value = name;
        insert.Parameters["$visitor"].Value = look.Visitor;
        insert.Parameters["$user"].Value = (object?)look.User ?? DBNull.Value;
        insert.Parameters["$title"].Value = (object?)look.Title ?? DBNull.Value;
        insert.Parameters["$product"].Value = (object?)look.Product ?? DBNull.Value;
        insert.Parameters["$quantity"].Value = (object?)quantity ?? DBNull.Value;
        return insert.ExecuteNonQueryAsync(ct);
    }

    private sealed record Look(string Visitor, int? User, string? Title, int? Product);
}
