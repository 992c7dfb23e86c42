using Microsoft.Data.Sqlite;
using OrderService.Shelves;

namespace OrderService.Carts;

/// <summary>The carts. Each change is one transaction.</summary>
internal sealed class CartStore(ServiceDatabase database, TimeProvider time)
{
    /// <returns>An empty one when there is no such cart.</returns>
    public async Task<Cart> FindAsync(CartId? id, CancellationToken ct)
    {
        if (id is null)
        {
            return Cart.Empty;
        }

        await using var connection = await database.OpenAsync(ct);
        return await ReadAsync(connection, id.Key, ct);
    }

    /// <summary>Puts some of a product into the cart.</summary>
    /// <param name="id">The browser's cart, if it has one.</param>
    /// <param name="product">As the shelves have it now.</param>
    /// <param name="quantity">How many more, 1 to 99.</param>
    /// <returns>The cart, its id (a new one if there was none by that id), and what hindered it, if anything did; then nothing was changed.</returns>
    public Task<(CartId Id, Cart Cart, CartObstacle Obstacle)> PutAsync(CartId? id, ShelfProduct product, int quantity, CancellationToken ct) =>
        database.WriteAsync(
            async (connection, token) =>
            {
                // An id that this service does not know was not given out by it: somebody else may know it, too.
                var known = id is not null && await IsKnownAsync(connection, id.Key, token) ? id : null;
                var cart = known is null ? Cart.Empty : await ReadAsync(connection, known.Key, token);
                var had = cart.Lines.FirstOrDefault(line => line.ProductId == product.Id)?.Quantity ?? 0;
                var obstacle = had + quantity > CartLine.Most ? CartObstacle.TooMany
                    : had + quantity > product.Stock ? CartObstacle.NotEnough
                    : had == 0 && cart.Lines.Count == Cart.MostLines ? CartObstacle.Full
                    : CartObstacle.None;
                if (obstacle != CartObstacle.None)
                {
                    return (known ?? CartId.New(), cart, obstacle);
                }

                var owner = known ?? CartId.New();
                await TouchAsync(connection, owner.Key, token);
                await connection.Command(
                    """
                    INSERT INTO cart_line (cart_key, product_id, position, product_name, quantity, price_cents)
                    VALUES ($cart, $product, 1 + coalesce((SELECT max(position) FROM cart_line WHERE cart_key = $cart), 0), $name, $quantity, $price)
                    ON CONFLICT DO UPDATE SET product_name = $name, quantity = quantity + $quantity, price_cents = $price
                    """,
                    ("$cart", owner.Key), ("$product", product.Id), ("$name", product.Name), ("$quantity", quantity), ("$price", product.PriceCents)).RunAsync(token);
                return (owner, await ReadAsync(connection, owner.Key, token), CartObstacle.None);
            },
            ct);

    /// <summary>Sets how many there are of each of these; what is not in the cart stays outside.</summary>
    /// <param name="id">The browser's cart.</param>
    /// <param name="quantities">By product; 0 takes it out.</param>
    /// <param name="onlyFewer">Leaves alone what would become more.</param>
    public Task<Cart> SetAsync(CartId? id, IReadOnlyDictionary<int, int> quantities, bool onlyFewer, CancellationToken ct) => ChangeAsync(
        id,
        async (connection, key, token) =>
        {
            foreach (var (product, quantity) in quantities)
            {
                await connection.Command(
                    quantity == 0
                        ? "DELETE FROM cart_line WHERE cart_key = $cart AND product_id = $product"
                        : "UPDATE cart_line SET quantity = CASE WHEN $fewer THEN min(quantity, $quantity) ELSE $quantity END WHERE cart_key = $cart AND product_id = $product",
                    ("$cart", key), ("$product", product), ("$quantity", quantity), ("$fewer", onlyFewer)).RunAsync(token);
            }
        },
        ct);

    public Task<Cart> ClearAsync(CartId? id, CancellationToken ct) => ChangeAsync(
        id, (connection, key, token) => connection.Command("DELETE FROM cart_line WHERE cart_key = $cart", ("$cart", key)).RunAsync(token), ct);

    /// <summary>Writes down what the things cost now, so that the next look shows it.</summary>
    public Task<Cart> RepriceAsync(CartId? id, IReadOnlyCollection<ShelfProduct> products, CancellationToken ct) => ChangeAsync(
        id,
        async (connection, key, token) =>
        {
            foreach (var product in products)
            {
                await connection.Command(
                    "UPDATE cart_line SET price_cents = $price, product_name = $name WHERE cart_key = $cart AND product_id = $product",
                    ("$cart", key), ("$product", product.Id), ("$price", product.PriceCents), ("$name", product.Name)).RunAsync(token);
            }
        },
        ct);

    /// <summary>Forgets carts that nobody came back for.</summary>
    public Task<int> ForgetOldAsync(CancellationToken ct) => database.WriteAsync(
        (connection, token) => connection.Command(
            "DELETE FROM cart WHERE touched_at < $limit", ("$limit", Moment.Text(time.GetUtcNow() - CartCookie.Lifetime))).RunAsync(token),
        ct);

    /// <summary>Takes out what was ordered. What was put in while the order was being made stays.</summary>
    public static async Task TakeOrderedAsync(SqliteConnection connection, string key, IEnumerable<CartLine> ordered, CancellationToken ct)
    {
        foreach (var line in ordered)
        {
            (string, object?)[] values = [("$cart", key), ("$product", line.ProductId), ("$quantity", line.Quantity)];
            await connection.Command("DELETE FROM cart_line WHERE cart_key = $cart AND product_id = $product AND quantity <= $quantity", values).RunAsync(ct);
            await connection.Command("UPDATE cart_line SET quantity = quantity - $quantity WHERE cart_key = $cart AND product_id = $product", values).RunAsync(ct);
        }
    }

    private Task<Cart> ChangeAsync(CartId? id, Func<SqliteConnection, string, CancellationToken, Task> change, CancellationToken ct) => id is null
        ? Task.FromResult(Cart.Empty)
        : database.WriteAsync(
            async (connection, token) =>
            {
                if (!await IsKnownAsync(connection, id.Key, token))
                {
                    return Cart.Empty;
                }

                await TouchAsync(connection, id.Key, token);
                await change(connection, id.Key, token);
                return await ReadAsync(connection, id.Key, token);
            },
            ct);

    private Task<int> TouchAsync(SqliteConnection connection, string key, CancellationToken ct) => connection.Command(
        "INSERT INTO cart (key, touched_at) VALUES ($key, $now) ON CONFLICT DO UPDATE SET touched_at = $now",
        ("$key", key), ("$now", Moment.Text(time.GetUtcNow()))).RunAsync(ct);

    private static async Task<bool> IsKnownAsync(SqliteConnection connection, string key, CancellationToken ct) =>
        await connection.Command("SELECT 1 FROM cart WHERE key = $key", ("$key", key)).ScalarAsync(ct) is not null;

    private static async Task<Cart> ReadAsync(SqliteConnection connection, string key, CancellationToken ct)
    {
        await using var command = connection.Command(
            "SELECT product_id, product_name, quantity, price_cents FROM cart_line WHERE cart_key = $key ORDER BY position", ("$key", key));
        await using var reader = await command.ExecuteReaderAsync(ct);
        var lines = new List<CartLine>();
        while (await reader.ReadAsync(ct))
        {
            lines.Add(new(reader.GetInt32(0), reader.GetString(1), reader.GetInt32(2), reader.GetInt32(3)));
        }

        return new Cart(key, lines);
    }
}
