using AnalyticsService.Seed;

namespace AnalyticsService;

/// <summary>The table.</summary>
internal static class VisitSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First), new(2, Second, SaleSeed.FillAllAsync)];

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

    // One table for all that happens. Rows without a key are the history that the shop begins with; its visitors are numbered day by day.
    private const string Second = """
        CREATE TABLE event (
            id          INTEGER PRIMARY KEY,
            key         TEXT UNIQUE CHECK (length(key) BETWEEN 8 AND 64),
            name        TEXT NOT NULL CHECK (name IN ('page_viewed', 'product_viewed', 'cart_item_added', 'order_placed', 'user_changed')),
            day         TEXT NOT NULL CHECK (day IS date(day)),
            received_at INTEGER CHECK (received_at > 0),
            visitor     TEXT CHECK (visitor <> ''),
            user_id     INTEGER CHECK (user_id > 0),
            path        TEXT CHECK (path LIKE '/%'),
            title       TEXT CHECK (title <> ''),
            product_id  INTEGER CHECK (product_id > 0),
            quantity    INTEGER CHECK (quantity > 0),
            order_id    INTEGER UNIQUE CHECK (order_id > 0),
            CHECK (name <> 'page_viewed' OR path IS NOT NULL),
            CHECK (name NOT IN ('product_viewed', 'cart_item_added') OR product_id IS NOT NULL),
            CHECK ((key IS NULL) = (received_at IS NULL))
        ) STRICT;

        INSERT INTO event (name, day, visitor, user_id, path, title)
        SELECT 'page_viewed', day, 'h' || visitor, user_id, path, title FROM visit ORDER BY id;

        INSERT INTO event (name, day, visitor, user_id, title, product_id)
        SELECT 'product_viewed', day, 'h' || visitor, user_id, title, product_id FROM visit WHERE product_id IS NOT NULL ORDER BY id;

        DROP TABLE visit;

        CREATE INDEX event_by_day ON event (day, visitor, name);
        CREATE INDEX event_by_product ON event (day, product_id, title) WHERE name = 'product_viewed';
        CREATE INDEX event_by_user ON event (user_id, day, visitor, name) WHERE user_id IS NOT NULL;
        CREATE INDEX event_by_time ON event (received_at) WHERE received_at IS NOT NULL;
        """;
}
