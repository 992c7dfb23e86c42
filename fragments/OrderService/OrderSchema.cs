using OrderService.Seed;

namespace OrderService;

/// <summary>The tables.</summary>
internal static class OrderSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First, OrderSeed.FillAsync)];

    private const string First = """
        CREATE TABLE purchase (
            id        INTEGER PRIMARY KEY CHECK (id > 0),
            user_id   INTEGER NOT NULL CHECK (user_id > 0),
            placed_on TEXT NOT NULL CHECK (placed_on IS date(placed_on)),
            status    TEXT NOT NULL CHECK (status IN ('placed', 'packed', 'shipped', 'delivered', 'returned', 'cancelled'))
        ) STRICT;

        CREATE INDEX purchase_by_user ON purchase (user_id, placed_on DESC, id DESC);

        CREATE TABLE line (
            purchase_id  INTEGER NOT NULL REFERENCES purchase (id) ON DELETE CASCADE,
            position     INTEGER NOT NULL CHECK (position > 0),
            product_id   INTEGER NOT NULL CHECK (product_id > 0),
            product_name TEXT NOT NULL CHECK (product_name <> ''),
            quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
            price_cents  INTEGER NOT NULL CHECK (price_cents >= 0),
            PRIMARY KEY (purchase_id, position)
        ) STRICT, WITHOUT ROWID;
        """;
}
