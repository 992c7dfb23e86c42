using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace AnalyticsService.Seed;

/// <summary>Visits that look like a small shop's. A day has the same visits whenever they are made: its number is the seed.</summary>
internal static class VisitSeed
{
    /// <summary>Twice the longest range, so that each range has one before it to be compared with, and a week to spare.</summary>
    private const int Days = 187;

    private const int Users = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    // A small shop's week: quiet at its beginning, busy on Sunday. From Sunday on, as DayOfWeek counts.
    private static readonly double[] Weekdays = [1.35, .8, .82, .9, .95, 1.05, 1.3];

    /// <summary>Adds the days that are not there yet, up to today. At every start, because nobody visits a demonstration between two of them.</summary>
    public static async Task FillAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using var newest = connection.CreateCommand();
        newest.CommandText = "SELECT max(day) FROM event WHERE key IS NULL";
        var first = today.AddDays(1 - Days);
        if (await newest.ExecuteScalarAsync(ct) is string day
            && DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1) is var next && next > first)
        {
            first = next;
        }

        using var stream = typeof(VisitSeed).Assembly.GetManifestResourceStream("AnalyticsService.Seed.pages.json")!;
        var pages = new WeightedPages(JsonSerializer.Deserialize<VisitedPage[]>(stream, Json)!);
        await using var insert = Insert(connection);
        for (; first <= today; first = first.AddDays(1))
        {
            await FillDayAsync(insert, first, pages, ct);
            await SaleSeed.FillDayAsync(connection, first, ct);
        }
    }

    private static async Task FillDayAsync(SqliteCommand insert, DateOnly day, WeightedPages pages, CancellationToken ct)
    {
        // Reproducible on purpose; nothing secret is drawn.
#pragma warning disable CA5394
        var random = new Random(day.DayNumber);
        var season = 1 + .18 * Math.Sin(day.DayNumber / 29.0) + .1 * Math.Sin(day.DayNumber / 11.0);
        var visitors = (int)(42 * Weekdays[(int)day.DayOfWeek] * season * (.88 + .24 * random.NextDouble()));
        insert.Parameters["$day"].Value = day;
        for (var visitor = 1; visitor <= visitors; visitor++)
        {
            insert.Parameters["$visitor"].Value = string.Create(CultureInfo.InvariantCulture, $"h{visitor}");
            insert.Parameters["$user"].Value = random.Next(5) == 0 ? 1 + random.Next(Users) : DBNull.Value;
            for (var views = 1 + random.Next(3) + random.Next(3); views > 0; views--)
            {
                var page = pages.At(random.NextDouble());
                await RunAsync(insert, "page_viewed", page.Path, page.Title, null, ct);
                if (page.Product is { } product)
                {
                    await RunAsync(insert, "product_viewed", null, page.Title, product, ct);
                }
            }
        }
#pragma warning restore CA5394
    }

    private static Task<int> RunAsync(SqliteCommand insert, string name, string? path, string title, int? product, CancellationToken ct)
    {
        insert.Parameters["$name"].Value = name;
        insert.Parameters["$path"].Value = (object?)path ?? DBNull.Value;
        insert.Parameters["$title"].Value = title;
        insert.Parameters["$product"].Value = (object?)product ?? DBNull.Value;
        return insert.ExecuteNonQueryAsync(ct);
    }

    private static SqliteCommand Insert(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO event (name, day, visitor, user_id, path, title, product_id)
            VALUES ($name, $day, $visitor, $user, $path, $title, $product)
            """;
        foreach (var name in (string[])["$name", "$day", "$visitor", "$user", "$path", "$title", "$product"])
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = name });
        }

        return command;
    }
}
