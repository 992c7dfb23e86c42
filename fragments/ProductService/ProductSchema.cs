using ProductService.Seed;

namespace ProductService;

/// <summary>The tables.</summary>
internal static class ProductSchema
{
    /// <summary>All of its versions; the next change is the next number.</summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new(1, First, ProductSeed.FillAsync), new(2, Second), new(3, Third)];

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

    // A drawing is named with its sheet, so that a product keeps its picture when it moves to another shelf. The numbers of products that are gone
    // are not given again: orders and bookmarks name them. What is looked for stands in an index of its own that follows the tables by triggers;
    // selling a thing does not touch it.
    private const string Second = """
        ALTER TABLE category ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
        ALTER TABLE product ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
        ALTER TABLE product RENAME COLUMN shape TO drawing;
        UPDATE product SET drawing = category || '/' || drawing;

        CREATE TABLE product_number (last INTEGER NOT NULL CHECK (last >= 0)) STRICT;
        INSERT INTO product_number SELECT coalesce(max(id), 0) FROM product;

        CREATE TABLE stock_take (
            key         TEXT PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 100),
            taken_at    TEXT NOT NULL CHECK (datetime(taken_at) IS NOT NULL),
            returned_at TEXT CHECK (returned_at IS NULL OR datetime(returned_at) IS NOT NULL)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE stock_take_line (
            key      TEXT NOT NULL REFERENCES stock_take (key) ON DELETE CASCADE,
            product  INTEGER NOT NULL CHECK (product > 0),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            PRIMARY KEY (key, product)
        ) STRICT, WITHOUT ROWID;

        CREATE VIRTUAL TABLE product_search USING fts5 (
            name, maker, tagline, description, material, shelf, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
        INSERT INTO product_search (rowid, name, maker, tagline, description, material, shelf)
            SELECT product.id, product.name, maker, tagline, description, material, category.name
            FROM product JOIN category ON category.slug = product.category;

        CREATE TRIGGER product_search_comes AFTER INSERT ON product BEGIN
            INSERT INTO product_search (rowid, name, maker, tagline, description, material, shelf)
            SELECT new.id, new.name, new.maker, new.tagline, new.description, new.material, category.name FROM category WHERE slug = new.category;
        END;
        CREATE TRIGGER product_search_changes AFTER UPDATE OF name, maker, tagline, description, material, category ON product BEGIN
            UPDATE product_search SET name = new.name, maker = new.maker, tagline = new.tagline, description = new.description,
                material = new.material, shelf = (SELECT name FROM category WHERE slug = new.category)
            WHERE rowid = new.id;
        END;
        CREATE TRIGGER product_search_goes AFTER DELETE ON product BEGIN
            DELETE FROM product_search WHERE rowid = old.id;
        END;
        CREATE TRIGGER product_search_shelf AFTER UPDATE OF name ON category BEGIN
            UPDATE product_search SET shelf = new.name WHERE rowid IN (SELECT id FROM product WHERE category = new.slug);
        END;
        """;

    // So that takings that are too old to be asked about are found without looking at all others.
    private const string Third = "CREATE INDEX stock_take_by_age ON stock_take (taken_at);";
}
