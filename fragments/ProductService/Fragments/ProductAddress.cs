using System.Globalization;
using System.Text;

namespace ProductService.Fragments;

/// <summary>The address of the page that shows certain products.</summary>
internal sealed record ProductAddress
{
    public string? Search { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    public ProductOrder Order { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>How many are on one page, where that is not said.</summary>
    public const int UsualSize = 24;

    public int Size { get; init; } = UsualSize;

    public override string ToString()
    {
        var address = new StringBuilder("/products");
        Add(address, "search", Search);
        Add(address, "category", string.Join(',', Categories));
        Add(address, "sort", ProductOrders.NameOf(Order));
        Add(address, "maxItems", Size == UsualSize ? null : Size.ToString(CultureInfo.InvariantCulture));
        Add(address, "page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return address.ToString();
    }

    private static void Add(StringBuilder address, string name, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            address.Append(address.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }
    }
}
