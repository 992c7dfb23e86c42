using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>What fragments that show many products have in common: cards, shelves and the way from page to page.</summary>
internal static class ProductGrid
{
    // Empty until its module gives it a button: without scripts nothing can be kept.
    private static readonly FragmentMarkup KeepButton = FragmentMarkup.Html($"<product-keep></product-keep>");

    // Of more pages only the first, the last and those beside the one that is shown have their numbers there.
    private const int MostNumbers = 7;

    private static readonly FragmentMarkup Gap = FragmentMarkup.Html($"""<li class="catalog-gap" aria-hidden="true">…</li>""");

    public static FragmentMarkup Cards(IReadOnlyList<Product> products, Locale locale, FragmentContext context, bool isReadOnly = false) =>
        FragmentMarkup.Html($"""<ul class="product-grid">{products.Select((product, index) => Card(product, index, locale, context, isReadOnly))}</ul>""");

    /// <summary>The shelves as links, each with its number.</summary>
    /// <param name="chosen">Slugs of those that are shown; none for all.</param>
    /// <param name="address">What stays when another shelf is chosen.</param>
    public static FragmentMarkup Shelves(IReadOnlyList<ProductCategory> shelves, IReadOnlyList<string> chosen, ProductAddress address)
    {
        var links = shelves.Select(shelf => FragmentMarkup.Html(
            $"""<li><a href="{address with { Categories = [shelf.Slug], Page = 1 }}" {FragmentMarkup.Attribute("aria-current", chosen.Contains(shelf.Slug) ? "true" : null)}>{shelf.Name} <span class="catalog-number">{shelf.Products}</span></a></li>"""));
        return FragmentMarkup.Html(
            $"""
            <nav class="catalog-shelves" aria-label="Shelves">
              <ul>
                <li><a href="{address with { Categories = [], Page = 1 }}" {FragmentMarkup.Attribute("aria-current", chosen.Count == 0 ? "true" : null)}>All <span class="catalog-number">{shelves.Sum(shelf => shelf.Products)}</span></a></li>
                {links}
              </ul>
            </nav>
            """);
    }

    /// <summary>The way from page to page; nothing when there is only one.</summary>
    public static FragmentMarkup? Pages(int current, int pages, ProductAddress address)
    {
        if (pages == 1)
        {
            return null;
        }

        var shown = Enumerable.Range(1, pages).Where(number => pages <= MostNumbers || number == 1 || number == pages || Math.Abs(number - current) <= 1).ToArray();
        var numbers = shown.Select((number, index) => FragmentMarkup.Html(
            $"""{(index > 0 && shown[index - 1] < number - 1 ? Gap : null)}<li><a href="{address with { Page = number }}" aria-label="Page {number}" {FragmentMarkup.Attribute("aria-current", number == current ? "page" : null)}>{number}</a></li>"""));
        return FragmentMarkup.Html(
            $"""
            <nav class="catalog-pages" aria-label="Pages">
              {(current == 1 ? null : FragmentMarkup.Html($"""<a class="catalog-step" href="{address with { Page = current - 1 }}" rel="prev">Back</a>"""))}
              <ul>{numbers}</ul>
              {(current == pages ? null : FragmentMarkup.Html($"""<a class="catalog-step" href="{address with { Page = current + 1 }}" rel="next">On</a>"""))}
            </nav>
            """);
    }

    private static FragmentMarkup Card(Product product, int index, Locale locale, FragmentContext context, bool isReadOnly) => FragmentMarkup.Html(
        $"""
        <li class="product-card" data-testid="product-card-{product.Id}" data-product="{product.Id}" data-cents="{product.PriceCents}" data-name="{product.Name}">
          <img src="{context.Asset(product.Picture)}" alt="" width="480" height="400" decoding="async" {FragmentMarkup.Attribute("loading", index < 8 ? null : "lazy")}>
          {Flag(product)}
          <div class="product-words">
            <h3><a class="product-link" href="/products/{product.Id}">{product.Name}</a></h3>
            <p class="product-tagline">{product.Tagline}</p>
            <p class="product-figures"><span class="product-price">{locale.Money(product.PriceCents)}</span> {Rating(product, locale)}</p>
          </div>
          {(isReadOnly ? null : KeepButton)}
        </li>
        """);

    private static FragmentMarkup Rating(Product product, Locale locale) => product.Reviews == 0
        ? FragmentMarkup.Html($"""<span class="product-rating">New</span>""")
        : FragmentMarkup.Html($"""<span class="product-rating"><span aria-hidden="true">★</span> <span class="visually-hidden">Rated </span>{locale.Number((decimal)product.Rating, 1)}</span>""");

    private static FragmentMarkup? Flag(Product product) => product.Stock switch
    {
        0 => FragmentMarkup.Html($"""<p class="product-flag product-gone">Sold out</p>"""),
        <= 5 => FragmentMarkup.Html($"""<p class="product-flag">Last {product.Stock}</p>"""),
        _ => null,
    };
}
