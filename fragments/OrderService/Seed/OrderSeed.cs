using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace OrderService.Seed;

/// <summary>The order book when the shop opens: <c>orders.json</c>, with dates counted back from that day.</summary>
internal static class OrderSeed
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static async Task FillAsync(SqliteConnection connection, TimeProvider time, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        using var stream = typeof(OrderSeed).Assembly.GetManifestResourceStream("OrderService.Seed.orders.json")!;
        foreach (var order in JsonSerializer.Deserialize<OrderRow[]>(stream, Json)!)
        {
            await connection.Command(
                "INSERT INTO purchase (id, user_id, placed_on, status) VALUES ($id, $user, $day, $status)",
                ("$id", order.Id), ("$user", order.User), ("$day", today.AddDays(-order.DaysAgo)), ("$status", order.Status)).RunAsync(ct);
            foreach (var (index, line) in order.Lines.Index())
            {
                await connection.Command(
                    """
                    INSERT INTO line (purchase_id, position, product_id, product_name, quantity, price_cents)
                    VALUES ($order, $position, $product, $name, $quantity, $price)
                    """,
                    ("$order", order.Id), ("$position", index + 1), ("$product", line.Product), ("$name", line.Name),
                    ("$quantity", line.Quantity), ("$price", line.PriceCents)).RunAsync(ct);
            }
        }
    }

    private sealed record OrderRow(int Id, int User, int DaysAgo, string Status, LineRow[] Lines);

    private sealed record LineRow(int Product, string Name, int Quantity, int PriceCents);
}
