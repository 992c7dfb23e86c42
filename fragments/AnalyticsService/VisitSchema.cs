namespace AnalyticsService;

/// <summary>The table.</summary>
internal static class VisitSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First)];

    private const string First = """
        CREATE TABLE visit (
            id         INTEGER PRIMARY KEY,
            day        TEXT NOT NULL CHECK (day IS date(day)),
            visitor    INTEGER NOT NULL CHECK (visitor > 0),
            user_id    INTEGER CHECK (user_id > 0),
            path       TEXT NOT NULL CHECK (path LIKE '/%'),
            title      TEXT NOT NULL CHECK (title <> ''),
            product_id INTEGER CHECK (product_id > 0)
        ) STRICT;

        CREATE INDEX visit_by_day ON visit (day, visitor, product_id, title, path);
        CREATE INDEX visit_by_user ON visit (user_id, day) WHERE user_id IS NOT NULL;
        """;
}
