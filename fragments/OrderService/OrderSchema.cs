using OrderService.Seed;

namespace OrderService;

/// <summary>The tables.</summary>
internal static class OrderSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First, OrderSeed.FillAsync), new(2, Second)];

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

    // Carts; checkouts, by which one that was cut off is found again; where orders go. Orders from before have no address.
    private const string Second = """
        CREATE TABLE cart (
            key        TEXT PRIMARY KEY CHECK (length(key) = 64),
            touched_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX cart_by_age ON cart (touched_at);

        CREATE TABLE cart_line (
            cart_key     TEXT NOT NULL REFERENCES cart (key) ON DELETE CASCADE,
            product_id   INTEGER NOT NULL CHECK (product_id > 0),
            position     INTEGER NOT NULL CHECK (position > 0),
            product_name TEXT NOT NULL CHECK (product_name <> ''),
            quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
            price_cents  INTEGER NOT NULL CHECK (price_cents >= 0),
            PRIMARY KEY (cart_key, product_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE checkout (
            user_id     INTEGER NOT NULL CHECK (user_id > 0),
            key         TEXT NOT NULL CHECK (length(key) BETWEEN 16 AND 64),
            cart_key    TEXT NOT NULL,
            stock_key   TEXT NOT NULL UNIQUE,
            state       TEXT NOT NULL CHECK (state IN ('begun', 'returning', 'ended', 'ordered')),
            began_at    TEXT NOT NULL,
            address     TEXT NOT NULL CHECK (json_valid(address)),
            purchase_id INTEGER REFERENCES purchase (id),
            PRIMARY KEY (user_id, key),
            CHECK ((state = 'ordered') = (purchase_id IS NOT NULL))
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX checkout_under_way ON checkout (began_at) WHERE state IN ('begun', 'returning');
        CREATE INDEX checkout_by_cart ON checkout (cart_key, began_at);

        CREATE TABLE checkout_line (
            stock_key    TEXT NOT NULL REFERENCES checkout (stock_key) ON DELETE CASCADE ON UPDATE CASCADE,
            position     INTEGER NOT NULL CHECK (position > 0),
            product_id   INTEGER NOT NULL CHECK (product_id > 0),
            product_name TEXT NOT NULL CHECK (product_name <> ''),
            quantity     INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 99),
            price_cents  INTEGER NOT NULL CHECK (price_cents >= 0),
            PRIMARY KEY (stock_key, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE delivery (
            purchase_id INTEGER PRIMARY KEY REFERENCES purchase (id) ON DELETE CASCADE,
            placed_at   TEXT NOT NULL,
            name        TEXT NOT NULL,
            street      TEXT NOT NULL,
            postcode    TEXT NOT NULL,
            town        TEXT NOT NULL,
            country     TEXT NOT NULL
        ) STRICT;

        CREATE TABLE pretended_payment (
            key     TEXT PRIMARY KEY,
            cents   INTEGER NOT NULL CHECK (cents >= 0),
            paid_at TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        """;
}
