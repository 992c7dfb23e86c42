using System.ComponentModel.DataAnnotations;
using ProductService.Purging;
using ProductService.Search;
using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>The shelves: products as cards, with a way to each category and from page to page.</summary>
internal static class ProductCatalog
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductCatalog", "/fragments/product-catalog", RenderAsync)
        .WithCategory("feature")
        .WithDescription("The shelves of the shop: all of them or some categories, page by page.")
        .WithModule("product-catalog.js", "default")
        .WithStyles("product-catalog.css")
        .WithTags(GatewayPurge.Catalog)
        .OpenToBrowsers()
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="maxItems">Cards on one page.</param>
    /// <param name="category">One category.</param>
    /// <param name="categories">Several categories, separated by commas; together with <paramref name="category"/>.</param>
    /// <param name="readonly">True leaves out everything but the cards.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="compact">True for small cards.</param>
    /// <param name="page">From 1; one behind the last shows the last.</param>
    /// <param name="sort">One of the names in <see cref="ProductOrders"/>.</param>
    /// <param name="search">What is looked for.</param>
    /// <param name="after">Begins behind the product with this id and goes round to it.</param>
    /// <param name="locale">How sums are written.</param>
    private static async Task<FragmentMarkup> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        [Range(1, 100)] int maxItems = 50,
        string? category = null,
        string? categories = null,
        bool @readonly = false,
        [AllowedValues(null, "", "light", "dark")] string? theme = null,
        bool compact = false,
        [Range(1, 10_000)] int page = 1,
        [AllowedValues(null, "", "name", "price", "price-down", "rating", "new")] string? sort = null,
        [StringLength(SearchTerms.Longest)] string? search = null,
        [Range(0, int.MaxValue)] int after = 0,
        [AllowedValues(null, "", "en", "de", "fr")] string? locale = null)
    {
        var address = new ProductAddress { Search = search, Categories = CategoryNames.Read(category, categories), Order = ProductOrders.Read(sort) ?? default };
        var found = await store.FindAsync(
            new ProductQuery
            {
                Search = search,
                Categories = address.Categories,
                Order = address.Order,
                After = after,
                Page = page,
                Size = maxItems,
            },
            ct);
        return FragmentMarkup.Html(
            $"""
            <section class="{(compact ? "product-catalog compact" : "product-catalog")}" aria-label="Product Catalog" {context.Marks()} {FragmentMarkup.Attribute("data-readonly", @readonly)} {FragmentMarkup.Attribute("data-theme", theme is "light" or "dark" ? theme : null)}>
              {(@readonly ? ShortHead : Head(found, address))}
              {(found.Total == 0 ? Empty(address) : ProductGrid.Cards(found.Items, Locale.Of(locale), context, @readonly))}
              {(@readonly ? null : ProductGrid.Pages(found.Page, found.Pages, address with { Size = maxItems }))}
            </section>
            """);
    }

    private static FragmentMarkup ShortHead { get; } =
        FragmentMarkup.Html($"""<header class="catalog-head"><h2>More from the shelves</h2><p><a href="/products">See all products</a></p></header>""");

    private static FragmentMarkup Head(ProductFind found, ProductAddress address)
    {
        var chosen = found.Shelves.Where(shelf => address.Categories.Contains(shelf.Slug)).ToArray();
        var title = address.Categories.Count == 0 ? "All products" : chosen.Length == 0 ? "No such shelf" : string.Join(" and ", chosen.Select(shelf => shelf.Name));
        var blurb = chosen.Length == 1 ? chosen[0].Blurb : "Every shelf, one estuary.";
        return FragmentMarkup.Html(
            $"""
            <header class="catalog-head">
              <h2>{title}</h2>
              <p class="catalog-blurb">{blurb}</p>
              <p class="catalog-kept" hidden></p>
            </header>
            {ProductGrid.Shelves(found.Shelves, address.Categories, address)}
            """);
    }

    private static FragmentMarkup Empty(ProductAddress address) => FragmentMarkup.Html(
        $"""
        <div class="catalog-empty">
          <h3>{(string.IsNullOrWhiteSpace(address.Search) ? $"Nothing stands on a shelf called “{string.Join(", ", address.Categories)}”." : $"Nothing here sounds like “{address.Search}”.")}</h3>
          <p><a href="/products">See all products</a></p>
        </div>
        """);
}
