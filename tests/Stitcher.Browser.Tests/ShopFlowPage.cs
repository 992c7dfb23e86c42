namespace Stitcher.Browser.Tests;

/// <summary>One page of the shop, and what stands on it while the service of its own part is gone.</summary>
/// <param name="Path">Its address.</param>
/// <param name="Heading">Its first heading, or the beginning of it, when all is well.</param>
/// <param name="Service">Whose fragment is its own part.</param>
/// <param name="OwnsStatus">That fragment decides the page's status: without it the page is a 503 that can be read, so that nobody keeps it.</param>
/// <param name="Sentence">What the page says in its place.</param>
internal sealed record ShopFlowPage(string Path, string Heading, string Service, bool OwnsStatus, string Sentence)
{
    private const string Restocked = "The shelves are being restocked.";
    private const string Locked = "The stockroom is locked for the moment.";
    private const string Till = "The till is closed for the moment.";

    /// <summary>Every page.</summary>
    /// <param name="number">Another one for each who asks: pages that anybody has looked at are remembered for a while, and would be shown.</param>
    public static IReadOnlyList<ShopFlowPage> All(int number) =>
    [
        new($"/?category={Shelf(number)}&page=2", "Made for weather.", "products", false, Restocked),
        new($"/products?category={Shelf(number)}&sort=price-down", "", "products", false, Restocked),
        new($"/products/{41 + number}", "", "products", true, "This shelf is out of reach just now."),
        new("/admin", "The stockroom", "products", true, Locked),
        new("/admin/products/new", "A new product", "products", true, Locked),
        new($"/admin/products/{41 + number}", "", "products", true, Locked),
        new($"/admin/products/{41 + number}/delete", "Delete ", "products", true, Locked),
        new("/admin/categories", "Shelves", "products", true, Locked),
        new("/cart", "Your cart", "orders", true, Till),
        new("/checkout", "Checkout", "orders", true, Till),
        new("/orders", "Your orders", "orders", false, "The order book is closed for the moment."),
        new("/orders/1", "Order ", "orders", true, "This order cannot be shown just now."),
        new("/sign-in", "You are signed in", "users", true, "Nobody is at the door just now."),
        new("/preferences", "Preferences", "users", true, "Your preferences cannot be shown just now."),
        new($"/analytics?range={(number % 2 == 0 ? "90d" : "7d")}", "Who came by", "analytics", false, "There are no figures here right now."),
    ];

    public override string ToString() => Path;

    /// <summary>A shelf for each who asks.</summary>
    public static string Shelf(int number) => ((string[])["kitchen", "desk", "trail", "garden"])[number];
}
