using Microsoft.Data.Sqlite;

namespace ProductService.Administration;

/// <summary>Changes to products, each in one transaction that looks before it writes.</summary>
internal sealed class ProductEditing(ServiceDatabase database)
{
    /// <summary>Puts a new product on its shelf.</summary>
    /// <returns><see cref="EditStatus.Done"/> with the product, <see cref="EditStatus.NameTaken"/> or <see cref="EditStatus.ShelfGone"/>.</returns>
    public Task<ProductEdit> CreateAsync(ProductDraft draft, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await ObstacleAsync(connection, draft, exceptFor: 0, token) is { } obstacle)
            {
                return new ProductEdit(obstacle, null);
            }

            var id = await NextIdAsync(connection, token);
            await connection.Command(
                """
                INSERT INTO product (id, category, name, maker, tagline, description, material, price_cents, stock, rating, reviews, drawing)
                VALUES ($id, $category, $name, $maker, $tagline, $description, $material, $price, $stock, 5, 0, $drawing)
                """,
                Values(id, draft)).RunAsync(token);
            return new ProductEdit(EditStatus.Done, await ProductStore.FindAsync(connection, id, token));
        },
        ct);

    /// <summary>Changes a product, if nobody did since.</summary>
    /// <param name="version">The version that was read.</param>
    public Task<ProductEdit> ChangeAsync(int id, int version, ProductDraft draft, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await BlockedAsync(connection, id, version, token) is { } blocked)
            {
                return blocked;
            }

            if (await ObstacleAsync(connection, draft, exceptFor: id, token) is { } obstacle)
            {
                return new ProductEdit(obstacle, null);
            }

            await connection.Command(
                """
                UPDATE product SET category = $category, name = $name, maker = $maker, tagline = $tagline, description = $description,
                    material = $material, price_cents = $price, drawing = $drawing, version = version + 1,
                    stock = iif($before IS NULL, $stock, max(0, stock + $stock - $before))
                WHERE id = $id
                """,
                [.. Values(id, draft), ("$before", draft.StockBefore)]).RunAsync(token);
            return new ProductEdit(EditStatus.Done, await ProductStore.FindAsync(connection, id, token));
        },
        ct);

    /// <summary>Takes a product off the shelves for good, if nobody changed it since.</summary>
    /// <param name="version">The version that was read.</param>
    public Task<ProductEdit> DeleteAsync(int id, int version, CancellationToken ct) => database.WriteAsync(
        async (connection, token) =>
        {
            if (await BlockedAsync(connection, id, version, token) is { } blocked)
            {
                return blocked;
            }

            await connection.Command("DELETE FROM product WHERE id = $id", ("$id", id)).RunAsync(token);
            return new ProductEdit(EditStatus.Done, null);
        },
        ct);

    private static async Task<ProductEdit?> BlockedAsync(SqliteConnection connection, int id, int version, CancellationToken ct) =>
        await ProductStore.FindAsync(connection, id, ct) switch
        {
            null => new ProductEdit(EditStatus.Missing, null),
            { } product when product.Version != version => new ProductEdit(EditStatus.Changed, product),
            _ => null,
        };

    private static async Task<EditStatus?> ObstacleAsync(SqliteConnection connection, ProductDraft draft, int exceptFor, CancellationToken ct) =>
        await connection.Command("SELECT 1 FROM category WHERE slug = $slug", ("$slug", draft.Category)).ScalarAsync(ct) is null ? EditStatus.ShelfGone
        : await IsTakenAsync(connection, draft.Name, exceptFor, ct) ? EditStatus.NameTaken
        : null;

    private static async Task<bool> IsTakenAsync(SqliteConnection connection, string name, int exceptFor, CancellationToken ct)
    {
        await using var command = connection.Command("SELECT name FROM product WHERE id <> $id", ("$id", exceptFor));
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            // The database's own NOCASE knows the letters of ASCII only.
            if (string.Equals(reader.GetString(0), name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<int> NextIdAsync(SqliteConnection connection, CancellationToken ct) => (int)(long)(await connection.Command(
        "UPDATE product_number SET last = max(last, (SELECT coalesce(max(id), 0) FROM product)) + 1 RETURNING last").ScalarAsync(ct))!;

    private static (string, object?)[] Values(int id, ProductDraft draft) =>
    [
        ("$id", id), ("$category", draft.Category), ("$name", draft.Name), ("$maker", draft.Maker), ("$tagline", draft.Tagline),
        ("$description", draft.Description), ("$material", draft.Material), ("$price", draft.PriceCents), ("$stock", draft.Stock),
        ("$drawing", draft.Drawing),
    ];
}
