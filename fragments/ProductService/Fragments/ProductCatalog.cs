using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>The shelves: products as cards, with a way to each category and from page to page.</summary>
internal static class ProductCatalog
{
    private const int PageSize = 24;

    // Empty until its module gives it a button: without scripts nothing can be kept.
    private static readonly FragmentMarkup KeepButton = FragmentMarkup.Html($"<product-keep></product-keep>");

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductCatalog", "/fragments/product-catalog", RenderAsync)
        .WithCategory("feature")
        .WithDescription("The shelves of the shop: all of them or some categories, page by page.")
        .WithModule("product-catalog.js", "default")
        .WithStyles("product-catalog.css")
        .WithTags("products")
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="maxItems">Cards on one page.</param>
    /// <param name="category">One category.</param>
    /// <param name="categories">Several categories, separated by commas; together with <paramref name="category"/>.</param>
    /// <param name="readonly">True leaves out everything but the cards.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="compact">True for small cards.</param>
    /// <param name="page">From 1. What is no such number counts as 1 or as the last: it comes from an address that people edit.</param>
    /// <param name="after">Begins behind the product with this id and goes round to it.</param>
    private static async Task<FragmentMarkup> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        [Range(1, 100)] int maxItems = PageSize,
        string? category = null,
        string? categories = null,
        bool @readonly = false,
        string? theme = null,
        bool compact = false,
        string? page = null,
        int? after = null)
    {
        var wanted = Slugs(category).Concat(Slugs(categories)).Distinct().Take(10).ToArray();
        var shelves = await store.CategoriesAsync(ct);
        var total = wanted.Length == 0 ? shelves.Sum(shelf => shelf.Products) : shelves.Where(shelf => wanted.Contains(shelf.Slug)).Sum(shelf => shelf.Products);
        var pages = Math.Max(1, (total + maxItems - 1) / maxItems);
        var current = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, pages) : 1;
        var products = await store.ListAsync(wanted, after ?? 0, (current - 1) * maxItems, maxItems, ct);

        return FragmentMarkup.Html(
            $"""
            <section class="{(compact ? "product-catalog compact" : "product-catalog")}" aria-label="Product Catalog" data-module="products/ProductCatalog" {FragmentMarkup.Attribute("data-readonly", @readonly)} {FragmentMarkup.Attribute("data-theme", theme is "light" or "dark" ? theme : null)}>
              {Head(shelves, wanted, total, @readonly)}
              {(total == 0 ? Empty(wanted) : Cards(products, @readonly, context))}
              {(@readonly ? null : Pager(wanted, current, pages))}
            </section>
            """);
    }

    private static FragmentMarkup Head(IReadOnlyList<ProductCategory> shelves, string[] wanted, int total, bool isReadOnly)
    {
        if (isReadOnly)
        {
            return FragmentMarkup.Html($"""<header class="catalog-head"><h2>More from the shelves</h2><p><a href="/">See all products</a></p></header>""");
        }

        var chosen = shelves.Where(shelf => wanted.Contains(shelf.Slug)).ToArray();
        var title = wanted.Length == 0 ? "All products" : chosen.Length == 0 ? "No such shelf" : string.Join(" and ", chosen.Select(shelf => shelf.Name));
        var blurb = chosen.Length == 1 ? chosen[0].Blurb : null;
        var links = shelves.Select(shelf => FragmentMarkup.Html(
            $"""<li><a href="/?category={shelf.Slug}" {FragmentMarkup.Attribute("aria-current", chosen.Contains(shelf) ? "true" : null)}>{shelf.Name} <span class="catalog-number">{shelf.Products}</span></a></li>"""));
        return FragmentMarkup.Html(
            $"""
            <header class="catalog-head">
              <h2>{title}</h2>
              <p class="catalog-blurb">{blurb ?? "Six shelves, one estuary."}</p>
              <p class="catalog-kept" hidden></p>
            </header>
            <nav class="catalog-shelves" aria-label="Shelves">
              <ul>
                <li><a href="/" {FragmentMarkup.Attribute("aria-current", wanted.Length == 0 ? "true" : null)}>All <span class="catalog-number">{shelves.Sum(shelf => shelf.Products)}</span></a></li>
                {links}
              </ul>
            </nav>
            """);
    }

    private static FragmentMarkup Cards(IReadOnlyList<Product> products, bool isReadOnly, FragmentContext context) =>
        FragmentMarkup.Html($"""<ul class="product-grid">{products.Select((product, index) => Card(product, index, isReadOnly, context))}</ul>""");

    private static FragmentMarkup Card(Product product, int index, bool isReadOnly, FragmentContext context) => FragmentMarkup.Html(
        $"""
        <li class="product-card" data-testid="product-card-{product.Id}" data-product="{product.Id}" data-cents="{product.PriceCents}" data-name="{product.Name}">
          <img src="{context.Asset($"products/{product.Id}.svg")}" alt="" width="480" height="400" decoding="async" {FragmentMarkup.Attribute("loading", index < 8 ? null : "lazy")}>
          {Flag(product)}
          <div class="product-words">
            <h3><a class="product-link" href="/products/{product.Id}">{product.Name}</a></h3>
            <p class="product-tagline">{product.Tagline}</p>
            <p class="product-figures"><span class="product-price">{product.Price}</span> <span class="product-rating"><span aria-hidden="true">★</span> <span class="visually-hidden">Rated </span>{product.Rating:0.0}</span></p>
          </div>
          {(isReadOnly ? null : KeepButton)}
        </li>
        """);

    private static FragmentMarkup? Flag(Product product) => product.Stock switch
    {
        0 => FragmentMarkup.Html($"""<p class="product-flag product-gone">Sold out</p>"""),
        <= 5 => FragmentMarkup.Html($"""<p class="product-flag">Last {product.Stock}</p>"""),
        _ => null,
    };

    private static FragmentMarkup Empty(string[] wanted) => FragmentMarkup.Html(
        $"""
        <div class="catalog-empty">
          <p>There is no shelf called “{string.Join(", ", wanted)}”.</p>
          <p><a href="/">See all products</a></p>
        </div>
        """);

    private static FragmentMarkup? Pager(string[] wanted, int current, int pages)
    {
        if (pages == 1)
        {
            return null;
        }

        var numbers = Enumerable.Range(1, pages).Select(number => FragmentMarkup.Html(
            $"""<li><a href="{Address(wanted, number)}" aria-label="Page {number}" {FragmentMarkup.Attribute("aria-current", number == current ? "page" : null)}>{number}</a></li>"""));
        return FragmentMarkup.Html(
            $"""
            <nav class="catalog-pages" aria-label="Pages">
              {Step(wanted, current - 1, pages, "prev", "Back")}
              <ul>{numbers}</ul>
              {Step(wanted, current + 1, pages, "next", "On")}
            </nav>
            """);
    }

    private static FragmentMarkup? Step(string[] wanted, int page, int pages, string rel, string text) => page < 1 || page > pages
        ? null
        : FragmentMarkup.Html($"""<a class="catalog-step" href="{Address(wanted, page)}" rel="{rel}">{text}</a>""");

    private static string Address(string[] wanted, int page) =>
        wanted.Length == 0 ? $"/?page={page}" : $"/?category={Uri.EscapeDataString(string.Join(',', wanted))}&page={page}";

    private static string[] Slugs(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
