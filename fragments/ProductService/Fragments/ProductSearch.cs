using System.ComponentModel.DataAnnotations;
using ProductService.Purging;
using ProductService.Search;
using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>A field to look for products; what is found stands below it, as one types or when the form is sent.</summary>
internal static class ProductSearch
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductSearch", "/fragments/product-search", RenderAsync)
        .WithCategory("component")
        .WithDescription("A search field with what it finds: as you type with scripts, by a form without.")
        .WithModule("product-search.js", "default")
        .WithStyles("product-search.css")
        .WithTags(GatewayPurge.Catalog)
        .OpenToBrowsers()
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="q">What is looked for.</param>
    /// <param name="category">The shelf that is looked on. Default: all.</param>
    /// <param name="maxItems">The most products to show.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="locale">How sums are written.</param>
    private static async Task<FragmentMarkup> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        [StringLength(SearchTerms.Longest)] string? q = null,
        string? category = null,
        [Range(1, 20)] int maxItems = 6,
        [AllowedValues(null, "", "light", "dark")] string? theme = null,
        [AllowedValues(null, "", "en", "de", "fr")] string? locale = null)
    {
        var address = new ProductAddress { Search = q, Categories = CategoryNames.Read(category) };
        var found = string.IsNullOrWhiteSpace(q)
            ? null
            : await store.FindAsync(new ProductQuery { Search = q, Categories = address.Categories, Size = maxItems }, ct);
        return FragmentMarkup.Html(
            $"""
            <section class="product-search" aria-label="Search the shelves" {context.Marks()} data-size="{maxItems}" {FragmentMarkup.Attribute("data-theme", theme is "light" or "dark" ? theme : null)}>
              <form action="/products" method="get" role="search">
                <label class="search-label"><span class="label">Look for something on the shelves</span>
                  <input class="input" type="search" name="search" value="{q}" maxlength="{SearchTerms.Longest}" autocomplete="off" placeholder="mug, brass, something warm">
                </label>
                {(address.Categories.Count == 0 ? null : FragmentMarkup.Html($"""<input type="hidden" name="category" value="{string.Join(',', address.Categories)}">"""))}
                <button class="button button-plain" type="submit">Search</button>
              </form>
              <div class="search-found" {FragmentMarkup.Attribute("hidden", found is null)}>
                <p class="search-count" role="status">{(found is null ? null : Count(found))}</p>
                <ul class="search-list">{found?.Items.Select(product => Item(product, Locale.Of(locale), context))}</ul>
                <p class="search-all" {FragmentMarkup.Attribute("hidden", found is null or { Total: 0 })}><a href="{address}">See them all</a></p>
              </div>
            </section>
            """);
    }

    private static string Count(ProductFind found) => found.Total switch
    {
        0 => "Nothing on the shelves sounds like that.",
        1 => "One product fits.",
        var total when total == found.Items.Count => $"{total} products fit.",
        var total => $"{found.Items.Count} of {total} products that fit.",
    };

    private static FragmentMarkup Item(Product product, Locale locale, FragmentContext context) => FragmentMarkup.Html(
        $"""
        <li><a href="/products/{product.Id}" data-product="{product.Id}" data-cents="{product.PriceCents}" data-name="{product.Name}">
          <img src="{context.Asset(product.Picture)}" alt="" width="60" height="50" decoding="async">
          <span class="search-name">{product.Name}</span> <span class="search-price">{locale.Money(product.PriceCents)}</span>
        </a></li>
        """);
}
