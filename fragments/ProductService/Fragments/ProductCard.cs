using System.ComponentModel.DataAnnotations;
using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>One product in full; its page's primary fragment, so an unknown product is the page's 404.</summary>
internal static class ProductCard
{
    // What orders take in one line.
    private const int MostPieces = 99;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductCard", "/fragments/product-card", RenderAsync)
        .WithCategory("component")
        .WithDescription("One product in full, with a form that puts it in the cart.")
        .WithModule("product-card.js", "default")
        .WithElement("product-keep")
        .WithStyles("product-card.css")
        .OpenToBrowsers()
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    /// <param name="id">The product. Default: the first.</param>
    /// <param name="readonly">True leaves out everything that is operated.</param>
    /// <param name="theme"><c>light</c> or <c>dark</c>; otherwise the reader's own choice.</param>
    /// <param name="compact">True for what fits beside other things: no description, no facts.</param>
    /// <param name="locale">How sums and numbers are written.</param>
    private static async Task<FragmentResult> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        int? id = null,
        bool @readonly = false,
        [AllowedValues(null, "", "light", "dark")] string? theme = null,
        bool compact = false,
        [AllowedValues(null, "", "en", "de", "fr")] string? locale = null) =>
        (id is { } wanted ? await store.FindAsync(wanted, ct) : await store.FirstAsync(ct)) is { } product
            ? Found(product, context, @readonly, theme, compact, Locale.Of(locale))
            : Missing(id);

    private static FragmentResult Found(Product product, FragmentContext context, bool isReadOnly, string? theme, bool isCompact, Locale locale) => FragmentResults
        .Html(FragmentMarkup.Html(
            $"""
            <article class="{(isCompact ? "product-detail compact" : "product-detail")}" {context.Marks()} {Topics(product, context)} {FragmentMarkup.Attribute("data-theme", theme is "light" or "dark" ? theme : null)} data-product="{product.Id}" data-cents="{product.PriceCents}" data-name="{product.Name}">
              {(isCompact ? null : Way(product))}
              <img class="detail-picture" src="{context.Asset(product.Picture)}" alt="Drawing: {product.Name}" width="480" height="400">
              <div class="detail-words">
                <p class="detail-label">{product.Label} from {product.Maker}</p>
                {Name(product, isCompact)}
                <p class="detail-tagline">{product.Tagline}</p>
                <p class="detail-price">{locale.Money(product.PriceCents)}</p>
                <p class="detail-stock {(product.Stock == 0 ? "detail-gone" : product.Stock <= 5 ? "detail-few" : "detail-many")}">{Stock(product.Stock)}</p>
                {(isReadOnly ? null : Cart(product))}
                {(isReadOnly ? null : FragmentMarkup.Html($"""<div class="detail-keep" hidden><product-keep look="detail"></product-keep></div>"""))}
                {(isCompact ? null : Facts(product, locale))}
              </div>
            </article>
            """))
        .Title($"{product.Name}, Saltmarsh")
        .Description($"{product.Tagline}. {product.Description}")
        .WithTags(product.Tag);

    private static FragmentMarkup Name(Product product, bool isCompact) => isCompact
        ? FragmentMarkup.Html($"""<h2><a href="/products/{product.Id}">{product.Name}</a></h2>""")
        : FragmentMarkup.Html($"<h1>{product.Name}</h1>");

    private static FragmentMarkup Way(Product product) => FragmentMarkup.Html(
        $"""
        <nav class="detail-way" aria-label="You are here">
          <ol>
            <li><a href="/products">Products</a></li>
            <li><a href="/products?category={product.Category}">{product.CategoryName}</a></li>
            <li aria-current="page">{product.Name}</li>
          </ol>
        </nav>
        """);

    private static FragmentMarkup? Cart(Product product) => product.Stock == 0 ? null : FragmentMarkup.Html(
        $"""
        <form class="detail-cart" method="post" action="/cart" data-live>
          <input type="hidden" name="id" value="{product.Id}">
          <label>How many <input class="input" type="number" name="quantity" value="1" min="1" max="{Math.Min(product.Stock, MostPieces)}" inputmode="numeric" required></label>
          <button class="button" type="submit">Put in the cart</button>
          <p class="field-error" data-error-for="quantity"></p>
          <div class="form-message" role="alert"></div>
        </form>
        """);

    private static FragmentMarkup Facts(Product product, Locale locale) => FragmentMarkup.Html(
        $"""
        <p class="detail-text">{product.Description}</p>
        <dl class="detail-facts">
          {(product.Material.Length == 0 ? null : FragmentMarkup.Html($"<div><dt>Made of</dt><dd>{product.Material}</dd></div>"))}
          <div><dt>Made by</dt><dd>{product.Maker}</dd></div>
          <div><dt>Shelf</dt><dd><a href="/products?category={product.Category}">{product.CategoryName}</a></dd></div>
          {Rating(product, locale)}
        </dl>
        """);

    private static FragmentMarkup Rating(Product product, Locale locale) => product.Reviews == 0
        ? FragmentMarkup.Html($"<div><dt>Rated</dt><dd>by nobody yet</dd></div>")
        : FragmentMarkup.Html(
            $"""<div><dt>Rated</dt><dd><meter min="0" max="5" value="{product.Rating}">{product.Rating:0.0} of 5</meter> <span>{locale.Number((decimal)product.Rating, 1)} by {locale.Number(product.Reviews)} people</span></dd></div>""");

    private static FragmentAttribute Topics(Product product, FragmentContext context) => context.Topics(new
    {
        breadcrumbs = new[]
        {
            new { name = "Products", href = "/products" },
            new { name = product.CategoryName, href = $"/products?category={product.Category}" },
            new { name = product.Name, href = $"/products/{product.Id}" },
        },
        selectedProducts = new[] { product.Id },
    });

    private static FragmentResult Missing(int? id) => FragmentResults
        .NotFound(FragmentMarkup.Html(
            $"""
            <section class="product-missing">
              <svg viewBox="0 0 240 150" width="240" height="150" aria-hidden="true" focusable="false">
                <path class="missing-shelf" d="M10 128h220M34 128v14M206 128v14"/>
                <path class="missing-thing" d="M88 56h60v52a20 20 0 0 1-20 20h-20a20 20 0 0 1-20-20zM148 68h8a15 15 0 0 1 0 30h-8"/>
              </svg>
              <h1>Nothing stands here.</h1>
              <p>{(id is { } number ? FormattableString.Invariant($"There is no product {number}.") : "There is no product at all.")} It may have been the last of its kind, or the address has a slip in it.</p>
              <p><a href="/products">See all products</a></p>
            </section>
            """))
        .Title("Nothing stands here, Saltmarsh")
        .WithTags(Purging.GatewayPurge.Catalog);

    private static string Stock(int stock) => stock switch
    {
        0 => "Sold out. The next ones are being made.",
        1 => "The last one on the shelf.",
        <= 5 => $"Only {stock} left on the shelf.",
        _ => "On the shelf, leaves within two days.",
    };
}
