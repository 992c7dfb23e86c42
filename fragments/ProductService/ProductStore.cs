using Microsoft.Data.Sqlite;
using ProductService.Search;

namespace ProductService;

/// <summary>Questions to the shelves.</summary>
internal sealed class ProductStore(ServiceDatabase database)
{
    private const string Columns = """
        product.id, product.category, category.name, product.name, product.maker, product.tagline, product.description, product.material,
        product.price_cents, product.stock, product.rating, product.reviews, product.drawing, product.version
        """;

    // How much a word weighs in the name, the maker, the tagline, the description, the material and the shelf's name.
    private const string Found = """
        WITH found AS (SELECT rowid AS id, bm25(product_search, 10, 4, 4, 1, 2, 5) AS distance FROM product_search WHERE product_search MATCH $match)
        """;

    private const string All = "WITH found AS (SELECT id, 0 AS distance FROM product)";

    /// <summary>One page of the products that fit, and how many stand on each shelf.</summary>
    public async Task<ProductFind> FindAsync(ProductQuery query, CancellationToken ct)
    {
        var match = SearchTerms.ToExpression(query.Search);
        await using var connection = await database.OpenAsync(ct);
        var shelves = await ShelvesAsync(connection, match, ct);
        var total = shelves.Where(shelf => query.Categories.Count == 0 || query.Categories.Contains(shelf.Slug)).Sum(shelf => shelf.Products);
        var pages = Math.Max(1, (total + query.Size - 1) / query.Size);
        var page = Math.Clamp(query.Page, 1, pages);
        var items = await ItemsAsync(connection, match, query, (page - 1) * query.Size, ct);
        return new ProductFind(items, total, page, pages, shelves);
    }

    /// <summary>The shelves in the shop's order, each with its number of products.</summary>
    public async Task<IReadOnlyList<ProductCategory>> CategoriesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await ShelvesAsync(connection, match: null, ct);
    }

    /// <summary>One product, or null when there is none with this id.</summary>
    public async Task<Product?> FindAsync(int id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        return await FindAsync(connection, id, ct);
    }

    /// <summary>The first product in the shop's order, or null when there is none at all.</summary>
    public async Task<Product?> FirstAsync(CancellationToken ct) =>
        (await FindAsync(new ProductQuery { Size = 1 }, ct)).Items is [var first, ..] ? first : null;

    /// <summary>As <see cref="FindAsync(int, CancellationToken)"/>, within somebody's transaction.</summary>
    public static async Task<Product?> FindAsync(SqliteConnection connection, int id, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM product JOIN category ON category.slug = product.category WHERE product.id = $id";
        command.Parameters.AddWithValue("$id", id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
    }

    private static async Task<IReadOnlyList<ProductCategory>> ShelvesAsync(SqliteConnection connection, string? match, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"""
            {Matching(command, match)}
            SELECT category.slug, category.name, category.blurb, count(found.id), category.version
            FROM category LEFT JOIN product ON product.category = category.slug LEFT JOIN found ON found.id = product.id
            GROUP BY category.slug ORDER BY category.position
            """;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var shelves = new List<ProductCategory>();
        while (await reader.ReadAsync(ct))
        {
            shelves.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetInt32(4)));
        }

        return shelves;
    }

    private static async Task<IReadOnlyList<Product>> ItemsAsync(
        SqliteConnection connection, string? match, ProductQuery query, int skip, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        var places = query.Categories.Select((slug, index) => command.Parameters.AddWithValue($"$category{index}", slug).ParameterName).ToArray();
        command.CommandText = $"""
            {Matching(command, match)}
            SELECT {Columns}
            FROM found JOIN product ON product.id = found.id JOIN category ON category.slug = product.category
            WHERE product.id <> $after {(places.Length == 0 ? "" : $"AND product.category IN ({string.Join(", ", places)})")}
            ORDER BY {ProductOrders.Sql(query.Order)}
            LIMIT $take OFFSET $skip
            """;
        command.Parameters.AddWithValue("$after", query.After);
        command.Parameters.AddWithValue("$take", query.Size);
        command.Parameters.AddWithValue("$skip", skip);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var products = new List<Product>();
        while (await reader.ReadAsync(ct))
        {
            products.Add(Read(reader));
        }

        return products;
    }

    private static string Matching(SqliteCommand command, string? match)
    {
        if (match is null)
        {
            return All;
        }

        command.Parameters.AddWithValue("$match", match);
        return Found;
    }

    private static Product Read(SqliteDataReader reader) => new(
        reader.GetInt32(0),
        reader.GetString(1),
        reader.GetString(2),
        reader.GetString(3),
        reader.GetString(4),
        reader.GetString(5),
        reader.GetString(6),
        reader.GetString(7),
        reader.GetInt32(8),
        reader.GetInt32(9),
        reader.GetDouble(10),
        reader.GetInt32(11),
        reader.GetString(12),
        reader.GetInt32(13));
}
