using Microsoft.Data.Sqlite;

namespace AnalyticsService.Tracking;

/// <summary>Writes down what browsers tell. What was answered as accepted is on the disk.</summary>
internal sealed class TrackStore(ServiceDatabase database, TimeProvider time)
{
    // A product that is chosen in a list and then shown on its page was looked at once.
    private static readonly TimeSpan OneLook = TimeSpan.FromSeconds(30);

    // The longest range and the one before it, to be compared with, twice over.
    private const int KeptDays = 400;

    // Far more than the events of a batch, so that what is too old does not gather.
    private const int ForgottenAtOnce = 100;

    /// <param name="visitor">Who tells; null when nobody can be told from anybody.</param>
    /// <param name="userId">Who is signed in.</param>
    /// <param name="events">What happened.</param>
    /// <returns>How many of the events were new.</returns>
    public Task<int> WriteAsync(string? visitor, int? userId, IReadOnlyList<TrackedEvent> events, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            var now = time.GetUtcNow();
            await using var insert = Insert(connection, visitor, userId, now);
            await using var look = Look(connection, visitor, now);
            var written = 0;
            foreach (var told in events)
            {
                // Both the choice of a product and its page say that it was looked at; whichever comes first counts.
                var isSecondLook = told.Name == TrackedEventReader.ProductViewed && await WasLookedAtAsync(look, told.ProductId!.Value, token);
                if (isSecondLook || !await RunAsync(insert, told, token))
                {
                    continue;
                }

                written++;
                if (told.Name == TrackedEventReader.PageViewed && TrackedEventReader.ProductOf(told.Path) is { } product && !await WasLookedAtAsync(look, product, token))
                {
                    await RunAsync(insert, told with { Key = $"{told.Key}-p", Name = TrackedEventReader.ProductViewed, ProductId = product }, token);
                }
            }

            await ForgetOldAsync(connection, now, token);
            return written;
        },
        ct);

    // Each batch pays for a few old events, so that there is nothing to run beside them.
    private static Task<int> ForgetOldAsync(SqliteConnection connection, DateTimeOffset now, CancellationToken ct) => connection.Command(
        "DELETE FROM event WHERE rowid IN (SELECT rowid FROM event WHERE day < $day ORDER BY day LIMIT $most)",
        ("$day", DateOnly.FromDateTime(now.UtcDateTime).AddDays(-KeptDays)), ("$most", ForgottenAtOnce)).RunAsync(ct);

    private static SqliteCommand Insert(SqliteConnection connection, string? visitor, int? userId, DateTimeOffset now)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO event (key, name, day, received_at, visitor, user_id, path, title, product_id, quantity, order_id)
            VALUES ($key, $name, $day, $at, $visitor, $user, $path, $title, $product, $quantity, $order) ON CONFLICT DO NOTHING
            """;
        command.Parameters.AddWithValue("$day", DateOnly.FromDateTime(now.UtcDateTime));
        command.Parameters.AddWithValue("$at", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$visitor", (object?)visitor ?? DBNull.Value);
        command.Parameters.AddWithValue("$user", (object?)userId ?? DBNull.Value);
        foreach (var name in (string[])["$key", "$name", "$path", "$title", "$product", "$quantity", "$order"])
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }

    private static SqliteCommand Look(SqliteConnection connection, string? visitor, DateTimeOffset now)
    {
        var command = connection.CreateCommand();
        command.CommandText =
            "SELECT 1 FROM event WHERE received_at >= $since AND visitor = $visitor AND product_id = $product AND name = 'product_viewed' LIMIT 1";
        command.Parameters.AddWithValue("$since", (now - OneLook).ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$visitor", (object?)visitor ?? DBNull.Value);
        command.Parameters.Add(new SqliteParameter { ParameterName = "$product" });
        return command;
    }

    private static async Task<bool> WasLookedAtAsync(SqliteCommand look, int product, CancellationToken ct)
    {
        look.Parameters["$product"].Value = product;
        return await look.ExecuteScalarAsync(ct) is not null;
    }

    private static async Task<bool> RunAsync(SqliteCommand insert, TrackedEvent told, CancellationToken ct)
    {
        insert.Parameters["$key"].Value = told.Key;
        insert.Parameters["$name"].Value = told.Name;
        insert.Parameters["$path"].Value = (object?)told.Path ?? DBNull.Value;
        insert.Parameters["$title"].Value = (object?)told.Title ?? DBNull.Value;
        insert.Parameters["$product"].Value = (object?)told.ProductId ?? DBNull.Value;
        insert.Parameters["$quantity"].Value = (object?)told.Quantity ?? DBNull.Value;
        insert.Parameters["$order"].Value = (object?)told.OrderId ?? DBNull.Value;
        return await insert.ExecuteNonQueryAsync(ct) == 1;
    }
}
