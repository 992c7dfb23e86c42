using ProductService.Seed;

namespace ProductService;

/// <summary>The tables.</summary>
internal static class ProductSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First, ProductSeed.FillAsync)];

    private const string First = """
        CREATE TABLE category (
            slug     TEXT PRIMARY KEY CHECK (slug <> '' AND slug = lower(slug)),
            position INTEGER NOT NULL UNIQUE,
            name     TEXT NOT NULL CHECK (name <> ''),
            blurb    TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE product (
            id          INTEGER PRIMARY KEY CHECK (id > 0),
            category    TEXT NOT NULL REFERENCES category (slug),
            name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
            maker       TEXT NOT NULL,
            tagline     TEXT NOT NULL,
            description TEXT NOT NULL,
            material    TEXT NOT NULL,
            price_cents INTEGER NOT NULL CHECK (price_cents > 0),
            stock       INTEGER NOT NULL CHECK (stock >= 0),
            rating      REAL NOT NULL CHECK (rating BETWEEN 1 AND 5),
            reviews     INTEGER NOT NULL CHECK (reviews >= 0),
            shape       TEXT NOT NULL
        ) STRICT;

        CREATE INDEX product_by_category ON product (category, id);
        """;
}
