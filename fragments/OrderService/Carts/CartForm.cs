using System.Globalization;

namespace OrderService.Carts;

/// <summary>What a form that was sent to <c>/cart</c> wants.</summary>
internal abstract record CartForm
{
    private const string QuantityPrefix = "quantity-";

    private CartForm()
    {
    }

    /// <summary>Put some of a product in: <c>id</c>, <c>quantity</c> (1 without).</summary>
    public sealed record Put(int ProductId, int Quantity) : CartForm;

    /// <summary>So many of each: <c>quantity-7</c>.</summary>
    public sealed record Set(IReadOnlyDictionary<int, int> Quantities) : CartForm;

    /// <summary>Only as many as there are: <c>adjust</c>, <c>7-2.13-0</c>.</summary>
    public sealed record Adjust(IReadOnlyDictionary<int, int> Quantities) : CartForm;

    /// <summary>Take one thing out: <c>remove</c>.</summary>
    public sealed record Remove(int ProductId) : CartForm;

    /// <summary>Take everything out: <c>clear</c>.</summary>
    public sealed record Clear : CartForm;

    /// <summary>It makes no sense.</summary>
    public sealed record Wrong(CartProblems Problems) : CartForm;

    public static string QuantityField(int product) => string.Create(CultureInfo.InvariantCulture, $"{QuantityPrefix}{product}");

    /// <summary>How <see cref="Adjust"/> is written.</summary>
    public static string AdjustTo(IEnumerable<(int Product, int Left)> things) =>
        string.Join('.', things.Select(static thing => string.Create(CultureInfo.InvariantCulture, $"{thing.Product}-{thing.Left}")));

    public static CartForm Read(IFormCollection form) =>
        form.ContainsKey("clear") ? new Clear()
        : form.ContainsKey("remove") ? Number(form["remove"], int.MaxValue) is { } product ? new Remove(product) : Senseless
        : form.ContainsKey("adjust") ? ReadAdjust(form["adjust"].ToString())
        : form.ContainsKey("id") ? ReadPut(form)
        : ReadSet(form);

    private static Wrong Senseless => new(CartProblems.Of("The cart could not make out what was wanted, so nothing was changed."));

    private static CartForm ReadPut(IFormCollection form) => Number(form["id"], int.MaxValue) is not { } product
        ? Senseless
        : (form.ContainsKey("quantity") ? Number(form["quantity"], CartLine.Most) : 1) is { } quantity
            ? new Put(product, quantity)
            : new Wrong(CartProblems.Of($"Between 1 and {CartLine.Most} pieces can be put in at once. Nothing was put in."));

    private static CartForm ReadSet(IFormCollection form)
    {
        var quantities = new Dictionary<int, int>();
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        var typed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in form.Keys.Where(static key => key.StartsWith(QuantityPrefix, StringComparison.Ordinal)).Take(Cart.MostLines))
        {
            if (Number(field[QuantityPrefix.Length..], int.MaxValue) is not { } product)
            {
                return Senseless;
            }

            typed[field] = form[field].ToString().Trim() is { Length: <= 10 } text ? text : "";
            if (Number(typed[field], CartLine.Most) is { } quantity)
            {
                quantities[product] = quantity;
            }
            else
            {
                errors[field] = $"Between 1 and {CartLine.Most} pieces, please.";
            }
        }

        return errors.Count > 0 ? new Wrong(new CartProblems(CartProblems.Pieces, errors, typed))
            : quantities.Count > 0 ? new Set(quantities)
            : Senseless;
    }

    private static CartForm ReadAdjust(string text)
    {
        var quantities = new Dictionary<int, int>();
        foreach (var part in text.Split('.', Cart.MostLines + 1))
        {
            var at = part.IndexOf('-', StringComparison.Ordinal);
            if (at < 0 || Number(part[..at], int.MaxValue) is not { } product || !int.TryParse(part[(at + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var left))
            {
                return Senseless;
            }

            quantities[product] = Math.Min(left, CartLine.Most);
        }

        return new Adjust(quantities);
    }

    private static int? Number(string? text, int most) =>
        int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most ? number : null;
}
