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
        await using var insert = connection.CreateCommand();

        // A statement for a whole day: a first start makes some forty thousand rows before it answers.
        insert.CommandText = """
            INSERT INTO event (name, day, visitor, user_id, path, title, product_id)
            SELECT value ->> 0, $day, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each($rows)
            """;
        var dayOf = insert.Parameters.Add(new SqliteParameter { ParameterName = "$day" });
        var rowsOf = insert.Parameters.Add(new SqliteParameter { ParameterName = "$rows" });
        for (; first <= today; first = first.AddDays(1))
        {
            dayOf.Value = first;
            rowsOf.Value = JsonSerializer.Serialize(RowsOf(first, pages));
            await insert.ExecuteNonQueryAsync(ct);
            await SaleSeed.FillDayAsync(connection, first, ct);
        }
    }

    /// <summary>Name, visitor, user, path, title and product of everything that was looked at on a day.</summary>
    private static List<object?[]> RowsOf(DateOnly day, WeightedPages pages)
    {
        // Reproducible on purpose; nothing secret is drawn.
#pragma warning disable CA5394
        var random = new Random(day.DayNumber);
        var season = 1 + .18 * Math.Sin(day.DayNumber / 29.0) + .1 * Math.Sin(day.DayNumber / 11.0);
        var visitors = (int)(42 * Weekdays[(int)day.DayOfWeek] * season * (.88 + .24 * random.NextDouble()));
        var rows = new List<object?[]>();
        for (var number = 1; number <= visitors; number++)
        {
            var visitor = string.Create(CultureInfo.InvariantCulture, $"h{number}");
            int? user = random.Next(5) == 0 ? 1 + random.Next(Users) : null;
            for (var views = 1 + random.Next(3) + random.Next(3); views > 0; views--)
            {
                var page = pages.At(random.NextDouble());
                rows.Add(["page_viewed", visitor, user, page.Path, page.Title, null]);
                if (page.Product is { } product)
                {
                    rows.Add(["product_viewed", visitor, user, null, page.Title, product]);
                }
            }
        }
#pragma warning restore CA5394

        return rows;
    }
}
