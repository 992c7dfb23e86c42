using Stitcher.Fragments;

namespace ProductService.Fragments;

/// <summary>One product in full; its page's primary fragment, so an unknown product is the page's 404.</summary>
internal static class ProductCard
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductCard", "/fragments/products/{id:int}/card", RenderAsync)
        .WithCategory("component")
        .WithDescription("One product in full.")
        .WithModule("product-card.js", "default")
        .WithElement("product-keep")
        .WithStyles("product-card.css")
        .WithSample("id", "1")
        .CacheFor(TimeSpan.FromSeconds(30))
        .StaleFor(whileRevalidate: TimeSpan.FromSeconds(60));

    private static async Task<FragmentResult> RenderAsync(int id, ProductStore store, FragmentContext context, CancellationToken ct) =>
        await store.FindAsync(id, ct) is { } product ? Found(product, context) : Missing(id);

    private static FragmentResult Found(Product product, FragmentContext context) => FragmentResults
        .Html(FragmentMarkup.Html(
            $"""
            <article class="product-detail" data-module="products/ProductCard" data-product="{product.Id}" data-cents="{product.PriceCents}" data-name="{product.Name}">
              <nav class="detail-way" aria-label="You are here">
                <ol>
                  <li><a href="/">Products</a></li>
                  <li><a href="/?category={product.Category}">{product.CategoryName}</a></li>
                  <li aria-current="page">{product.Name}</li>
                </ol>
              </nav>
              <img class="detail-picture" src="{context.Asset($"products/{product.Id}.svg")}" alt="Drawing: {product.Name}" width="480" height="400">
              <div class="detail-words">
                <p class="detail-label">{product.Label} from {product.Maker}</p>
                <h1>{product.Name}</h1>
                <p class="detail-tagline">{product.Tagline}</p>
                <p class="detail-price">{product.Price}</p>
                <p class="detail-stock {(product.Stock == 0 ? "detail-gone" : product.Stock <= 5 ? "detail-few" : "detail-many")}">{Stock(product.Stock)}</p>
                <div class="detail-keep" hidden><product-keep look="detail"></product-keep></div>
                <p class="detail-text">{product.Description}</p>
                <dl class="detail-facts">
                  <div><dt>Made of</dt><dd>{product.Material}</dd></div>
                  <div><dt>Made by</dt><dd>{product.Maker}</dd></div>
                  <div><dt>Shelf</dt><dd><a href="/?category={product.Category}">{product.CategoryName}</a></dd></div>
                  <div><dt>Rated</dt><dd><meter min="0" max="5" value="{product.Rating}">{product.Rating:0.0} of 5</meter> <span>{product.Rating:0.0} by {product.Reviews} people</span></dd></div>
                </dl>
              </div>
            </article>
            """))
        .Title($"{product.Name}, Saltmarsh")
        .Description($"{product.Tagline}. {product.Description}")
        .WithTags($"product:{product.Id}");

    private static FragmentResult Missing(int id) => FragmentResults
        .NotFound(FragmentMarkup.Html(
            $"""
            <section class="product-missing">
              <svg viewBox="0 0 240 150" width="240" height="150" aria-hidden="true" focusable="false">
                <path class="missing-shelf" d="M10 128h220M34 128v14M206 128v14"/>
                <path class="missing-thing" d="M88 56h60v52a20 20 0 0 1-20 20h-20a20 20 0 0 1-20-20zM148 68h8a15 15 0 0 1 0 30h-8"/>
              </svg>
              <h1>Nothing stands here.</h1>
              <p>There is no product {id}. It may have been the last of its kind, or the address has a slip in it.</p>
              <p><a href="/">See all products</a></p>
            </section>
            """))
        .Title("Nothing stands here, Saltmarsh");

    private static string Stock(int stock) => stock switch
    {
        0 => "Sold out. The next ones are being made.",
        1 => "The last one on the shelf.",
        <= 5 => $"Only {stock} left on the shelf.",
        _ => "On the shelf, leaves within two days.",
    };
}
