using Microsoft.Data.Sqlite;

namespace ProductService;

/// <summary>Questions to the shelves.</summary>
internal sealed class ProductStore(ServiceDatabase database)
{
    private const string Columns = """
        product.id, product.category, category.name, product.name, product.maker, product.tagline, product.description,
        product.material, product.price_cents, product.stock, product.rating, product.reviews, product.shape
        """;

    /// <summary>The shelves in the shop's order, each with its number of products.</summary>
    public async Task<IReadOnlyList<ProductCategory>> CategoriesAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT category.slug, category.name, category.blurb, count(product.id)
            FROM category LEFT JOIN product ON product.category = category.slug
            GROUP BY category.slug ORDER BY category.position
            """;
        await using var reader = await command.ExecuteReaderAsync(ct);
        var categories = new List<ProductCategory>();
        while (await reader.ReadAsync(ct))
        {
            categories.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
        }

        return categories;
    }

    /// <summary>Products in the order of their ids.</summary>
    /// <param name="categories">Slugs; none means all of them. Unknown ones match nothing.</param>
    /// <param name="after">The list begins behind this id and goes round, without it; 0 begins at the first.</param>
    /// <param name="skip">How many to leave out at the beginning.</param>
    /// <param name="take">The most to return.</param>
    public async Task<IReadOnlyList<Product>> ListAsync(IReadOnlyList<string> categories, int after, int skip, int take, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        var places = categories.Select((slug, index) => command.Parameters.AddWithValue($"$category{index}", slug).ParameterName).ToArray();
        command.CommandText = $"""
            SELECT {Columns}
            FROM product JOIN category ON category.slug = product.category
            WHERE product.id <> $after {(places.Length == 0 ? "" : $"AND product.category IN ({string.Join(", ", places)})")}
            ORDER BY product.id < $after, product.id
            LIMIT $take OFFSET $skip
            """;
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$take", take);
        command.Parameters.AddWithValue("$skip", skip);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var products = new List<Product>();
        while (await reader.ReadAsync(ct))
        {
            products.Add(Read(reader));
        }

        return products;
    }

    /// <summary>One product, or null when there is none with this id.</summary>
    public async Task<Product?> FindAsync(int id, CancellationToken ct)
    {
        await using var connection = await database.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM product JOIN category ON category.slug = product.category WHERE product.id = $id";
        command.Parameters.AddWithValue("$id", id);
        await using var reader = await command.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? Read(reader) : null;
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
        reader.GetString(12));
}
