using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace ProductService.Seed;

/// <summary>What stands on the shelves when the shop opens: <c>categories.json</c> and <c>products.json</c>.</summary>
internal static class ProductSeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task FillAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        var position = 0;
        foreach (var category in Read<CategoryRow>("categories.json"))
        {
            await connection.Command(
                "INSERT INTO category (slug, position, name, blurb) VALUES ($slug, $position, $name, $blurb)",
                ("$slug", category.Slug), ("$position", ++position), ("$name", category.Name), ("$blurb", category.Blurb)).RunAsync(ct);
        }

        foreach (var product in Read<ProductRow>("products.json"))
        {
            await connection.Command(
                """
                INSERT INTO product (id, category, name, maker, tagline, description, material, price_cents, stock, rating, reviews, shape)
                VALUES ($id, $category, $name, $maker, $tagline, $description, $material, $price, $stock, $rating, $reviews, $shape)
                """,
                ("$id", product.Id), ("$category", product.Category), ("$name", product.Name), ("$maker", product.Maker),
                ("$tagline", product.Tagline), ("$description", product.Description), ("$material", product.Material),
                ("$price", product.PriceCents), ("$stock", product.Stock), ("$rating", product.Rating),
                ("$reviews", product.Reviews), ("$shape", product.Shape)).RunAsync(ct);
        }
    }

    private static T[] Read<T>(string name)
    {
        using var stream = typeof(ProductSeed).Assembly.GetManifestResourceStream($"ProductService.Seed.{name}")!;
        return JsonSerializer.Deserialize<T[]>(stream, Json)!;
    }

    private sealed record CategoryRow(string Slug, string Name, string Blurb);

    private sealed record ProductRow(
        int Id, string Category, string Shape, string Name, string Maker, int PriceCents, int Stock, double Rating, int Reviews,
        string Material, string Tagline, string Description);
}
