using System.ComponentModel.DataAnnotations;
using ProductService.Purging;
using ProductService.Search;
using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>The whole page of products: looking for them, shelves, order and the catalog, page by page.</summary>
internal static class ProductsPage
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductsPage", "/fragments/products-page", RenderAsync)
        .WithCategory("application")
        .WithDescription("All products: search, shelves with numbers, order, pages.")
        .WithModule("products-page.js", "default")
        .WithStyles("product-catalog.css", "products-page.css")
        .WithTags(GatewayPurge.Catalog)
        .OpenToBrowsers()
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="search">What is looked for.</param>
    /// <param name="category">One shelf or several, separated by commas. Default: all.</param>
    /// <param name="page">From 1; one behind the last shows the last.</param>
    /// <param name="maxItems">Cards on one page.</param>
    /// <param name="sort">One of the names in <see cref="ProductOrders"/>.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="locale">How sums are written.</param>
    private static async Task<FragmentMarkup> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        [StringLength(SearchTerms.Longest)] string? search = null,
        string? category = null,
        [Range(1, 10_000)] int page = 1,
        [Range(1, 100)] int maxItems = ProductAddress.UsualSize,
        [AllowedValues(null, "", "name", "price", "price-down", "rating", "new")] string? sort = null,
        [AllowedValues(null, "", "light", "dark")] string? theme = null,
        [AllowedValues(null, "", "en", "de", "fr")] string? locale = null)
    {
        var address = new ProductAddress { Search = search, Categories = CategoryNames.Read(category), Order = ProductOrders.Read(sort) ?? default, Size = maxItems };
        var found = await store.FindAsync(
            new ProductQuery { Search = search, Categories = address.Categories, Order = address.Order, Page = page, Size = maxItems }, ct);
        return FragmentMarkup.Html(
            $"""
            <section class="products-page" {context.Marks()} {Topics(found, address, context)} {FragmentMarkup.Attribute("data-theme", theme is "light" or "dark" ? theme : null)}>
              {Head(found, address)}
              {Form(address)}
              <div class="product-catalog">
                {ProductGrid.Shelves(found.Shelves, address.Categories, address)}
                <div role="status"><h2 class="page-count">{Count(found, address)}</h2></div>
                {(found.Total == 0 ? Empty(address) : ProductGrid.Cards(found.Items, Locale.Of(locale), context))}
                {ProductGrid.Pages(found.Page, found.Pages, address)}
              </div>
            </section>
            """);
    }

    private static FragmentAttribute Topics(ProductFind found, ProductAddress address, FragmentContext context) => context.Topics(new
    {
        breadcrumbs = found.Shelves.Where(shelf => address.Categories.Contains(shelf.Slug)).Take(1)
            .Select(shelf => new { name = shelf.Name, href = $"/products?category={shelf.Slug}" })
            .Prepend(new { name = "Products", href = "/products" }),
    });

    private static FragmentMarkup Head(ProductFind found, ProductAddress address)
    {
        var chosen = found.Shelves.Where(shelf => address.Categories.Contains(shelf.Slug)).ToArray();
        var title = address.Categories.Count == 0 ? "Products" : chosen.Length == 0 ? "No such shelf" : string.Join(" and ", chosen.Select(shelf => shelf.Name));
        return FragmentMarkup.Html($"""<header class="page-head"><h1>{title}</h1><p>{(chosen.Length == 1 ? chosen[0].Blurb : "Made along one estuary, kept for decades.")}</p></header>""");
    }

    private static FragmentMarkup Form(ProductAddress address)
    {
        var orders = ProductOrders.All.Select(row => FragmentMarkup.Html(
            $"""<option value="{row.Name}" {FragmentMarkup.Attribute("selected", row.Order == address.Order)}>{row.Words}</option>"""));
        return FragmentMarkup.Html(
            $"""
            <form class="page-search" action="/products" method="get" role="search">
              <label class="page-words"><span class="label">Look for</span>
                <input class="input" type="search" name="search" value="{address.Search}" maxlength="{SearchTerms.Longest}" autocomplete="off" placeholder="mug, brass, something warm">
              </label>
              <label class="page-order"><span class="label">Sorted by</span>
                <select class="input" name="sort">{orders}</select>
              </label>
              {(address.Categories.Count == 0 ? null : FragmentMarkup.Html($"""<input type="hidden" name="category" value="{string.Join(',', address.Categories)}">"""))}
              {(address.Size == ProductAddress.UsualSize ? null : FragmentMarkup.Html($"""<input type="hidden" name="maxItems" value="{address.Size}">"""))}
              <button class="button" type="submit">Show</button>
            </form>
            """);
    }

    private static string Count(ProductFind found, ProductAddress address)
    {
        var what = string.IsNullOrWhiteSpace(address.Search) ? "" : $" for “{address.Search.Trim()}”";
        return found.Total switch
        {
            0 => $"No products{what}",
            1 => $"One product{what}",
            var total when found.Pages == 1 => $"{total} products{what}",
            var total => $"{total} products{what}, page {found.Page} of {found.Pages}",
        };
    }

    private static FragmentMarkup Empty(ProductAddress address)
    {
        var isSearch = !string.IsNullOrWhiteSpace(address.Search);
        var isShelf = address.Categories.Count > 0;
        return FragmentMarkup.Html(
            $"""
            <div class="catalog-empty">
              <h2>{(isSearch ? $"Nothing on {(isShelf ? "this shelf" : "the shelves")} sounds like “{address.Search!.Trim()}”." : $"Nothing stands on a shelf called “{string.Join(", ", address.Categories)}”.")}</h2>
              {(isSearch ? FragmentMarkup.Html($"<p>Fewer or shorter words find more. What a thing is made of is looked through, too.</p>") : null)}
              {(isSearch && isShelf ? FragmentMarkup.Html($"""<p><a href="{address with { Categories = [] }}">Look on every shelf</a></p>""") : null)}
              <p><a href="{new ProductAddress { Size = address.Size }}">See all products</a></p>
            </div>
            """);
    }
}
