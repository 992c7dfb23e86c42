using System.Globalization;
using OrderService.Carts;

namespace OrderService.Checkouts;

/// <summary>What somebody had before their eyes when they paid: product, pieces and price. It comes back with the form, and decides nothing but whether they must be asked again.</summary>
internal sealed class SeenCart
{
    private readonly Dictionary<int, (int Quantity, int PriceCents)> _lines;

    private SeenCart(Dictionary<int, (int, int)> lines) => _lines = lines;

    public static SeenCart Of(Cart cart) => new(cart.Lines.ToDictionary(static line => line.ProductId, static line => (line.Quantity, line.PriceCents)));

    /// <summary>Reads what <see cref="ToString"/> wrote; anything else is a cart that nobody has seen.</summary>
    public static SeenCart Read(string text)
    {
        var lines = new Dictionary<int, (int, int)>();
        foreach (var line in text.Split('.', Cart.MostLines + 1, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('-');
            if (parts.Length != 3 || !Number(parts[0], out var id) || !Number(parts[1], out var quantity) || !Number(parts[2], out var price))
            {
                return new SeenCart([]);
            }

            lines[id] = (quantity, price);
        }

        return new SeenCart(lines);
    }

    public bool HasTheThingsOf(Cart cart) =>
        cart.Lines.Count == _lines.Count && cart.Lines.All(line => _lines.TryGetValue(line.ProductId, out var seen) && seen.Quantity == line.Quantity);

    /// <summary>What a thing cost when it was seen; null for one that was not.</summary>
    public int? PriceOf(int productId) => _lines.TryGetValue(productId, out var seen) ? seen.PriceCents : null;

    public override string ToString() =>
        string.Join('.', _lines.Select(static line => string.Create(CultureInfo.InvariantCulture, $"{line.Key}-{line.Value.Quantity}-{line.Value.PriceCents}")));

    private static bool Number(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
