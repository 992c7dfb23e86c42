using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AnalyticsService.Tracking;

/// <summary>Reads one event of a batch. What it does not name is not kept.</summary>
internal static partial class TrackedEventReader
{
    public const string PageViewed = "page_viewed";
    public const string ProductViewed = "product_viewed";
    public const string CartItemAdded = "cart_item_added";
    public const string OrderPlaced = "order_placed";
    public const string UserChanged = "user_changed";

    /// <summary>The longest path and title that are kept, in UTF-16 units.</summary>
    private const int LongestText = 200;

    private const int MostOfOneProduct = 999;

    /// <summary>What can be told.</summary>
    public static FrozenSet<string> Names { get; } = [PageViewed, ProductViewed, CartItemAdded, OrderPlaced, UserChanged];

    /// <param name="json">The event as it came.</param>
    /// <param name="problem">What is wrong, in one sentence; null when nothing is.</param>
    public static TrackedEvent? Read(JsonElement json, out string? problem)
    {
        try
        {
            return ReadWhole(json, out problem);
        }
        catch (InvalidOperationException)
        {
            // JSON can spell half a surrogate pair, in a value or a name; a text cannot hold it.
            problem = "An event is written in whole characters.";
            return null;
        }
    }

    private static TrackedEvent? ReadWhole(JsonElement json, out string? problem)
    {
        problem = null;
        if (json.ValueKind != JsonValueKind.Object)
        {
            problem = "An event is an object with an id and a name.";
            return null;
        }

        var (key, name) = (Text(json, "id"), Text(json, "name"));
        var (path, title) = (Path(json), Text(json, "title"));
        var (product, quantity, order) = (Number(json, "productId"), Number(json, "quantity"), Number(json, "orderId"));
        problem = true switch
        {
            _ when key is null || !IsKey(key) => "id must be 8 to 60 letters, digits and hyphens.",
            _ when name is null || !Names.Contains(name) => $"name must be one of {string.Join(", ", Names.Order(StringComparer.Ordinal))}.",
            _ when name == PageViewed && path is null => $"path must be an address on this site of at most {LongestText} characters, such as /products.",
            _ when name is ProductViewed or CartItemAdded && product is not > 0 => "productId must be a whole number above 0.",
            _ when name == OrderPlaced && order is not > 0 => "orderId must be a whole number above 0.",
            _ when quantity is <= 0 or > MostOfOneProduct => $"quantity must be 1 to {MostOfOneProduct}.",
            _ when title is { Length: > LongestText } || title?.Any(char.IsControl) == true => $"title must be one line of at most {LongestText} characters.",
            _ => null,
        };
        return problem is null
            ? new TrackedEvent(
                key!,
                name!,
                path,
                string.IsNullOrWhiteSpace(title) ? null : title,
                name is ProductViewed or CartItemAdded ? product : null,
                name == CartItemAdded ? quantity ?? 1 : null,
                name == OrderPlaced ? order : null)
            : null;
    }

    /// <summary>Whether this can be the id of an event.</summary>
    public static bool IsKey(string text) => Key().IsMatch(text);

    /// <summary>The page of an address on this site, without query and fragment; null when it is none.</summary>
    public static string? PageOf(string? address)
    {
        var page = address?.Split('?', '#')[0];
        return page is { Length: > 0 and <= LongestText } && page[0] == '/' && !page.StartsWith("//", StringComparison.Ordinal) && !page.Any(char.IsControl)
            ? page
            : null;
    }

    /// <summary>The product that a page shows.</summary>
    public static int? ProductOf(string? page) =>
        page is not null && ProductPage().Match(page) is { Success: true } match
        && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var product) && product > 0
            ? product
            : null;

    private static string? Path(JsonElement json) => PageOf(Text(json, "path"));

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            ? value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : -1
            : null;

    [GeneratedRegex(@"\A[A-Za-z0-9-]{8,60}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\A/products/([0-9]{1,9})/?\z")]
    private static partial Regex ProductPage();
}
