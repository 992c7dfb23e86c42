using System.ComponentModel.DataAnnotations;
using ProductService.Search;
using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>All products with their stock, to look for one and change it.</summary>
internal static class ProductsAdmin
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductsAdmin", "/fragments/products-admin", RenderAsync)
        .WithCategory("application")
        .WithDescription("All products with stock, search and ways to change them. For administrators.")
        .WithModule("products-admin.js", "default")
        .WithStyles(Stockroom.Styles)
        .Private();

    /// <param name="search">What is looked for.</param>
    /// <param name="page">From 1; one behind the last shows the last.</param>
    /// <param name="done">What has just been done.</param>
    private static async Task<FragmentResult> RenderAsync(
        ProductStore store,
        FragmentContext context,
        CancellationToken ct,
        [StringLength(SearchTerms.Longest)] string? search = null,
        [Range(1, 10_000)] int page = 1,
        string? done = null)
    {
        if (AdminDoor.Closed(context.User, "/admin") is { } closed)
        {
            return closed;
        }

        var found = await store.FindAsync(new ProductQuery { Search = search, Page = page, Size = PageSize }, ct);
        return FragmentResults
            .Html(FragmentMarkup.Html(
                $"""
                <section class="stockroom" data-module="products/ProductsAdmin">
                  {Stockroom.Ways("/admin")}
                  <header class="stockroom-head"><h1>The stockroom</h1><p>{Count(found, search)}</p></header>
                  {Stockroom.Done(done)}
                  <form class="stockroom-search" action="/admin" method="get" role="search">
                    <label><span class="label">Look for</span> <input class="input" type="search" name="search" value="{search}" maxlength="{SearchTerms.Longest}" autocomplete="off"></label>
                    <button class="button button-plain" type="submit">Search</button>
                    <a class="button" href="/admin/products/new">New product</a>
                  </form>
                  {(found.Total == 0 ? Empty(search) : Table(found.Items, context))}
                  {Pages(found, search)}
                </section>
                """))
            .Title("The stockroom of Saltmarsh")
            .NoStore();
    }

    private static string Count(ProductFind found, string? search)
    {
        var what = string.IsNullOrWhiteSpace(search) ? "" : $" for “{search.Trim()}”";
        var low = found.Items.Count(product => product.Stock is > 0 and <= 5);
        var gone = found.Items.Count(product => product.Stock == 0);
        return $"{found.Total} {(found.Total == 1 ? "product" : "products")}{what}; here {gone} sold out, {low} nearly";
    }

    private static FragmentMarkup Table(IReadOnlyList<Product> products, FragmentContext context)
    {
        var locale = Locale.Of(context.User);
        return FragmentMarkup.Html(
            $"""
            <table class="table stockroom-table">
              <caption class="visually-hidden">Products</caption>
              <thead><tr><th scope="col">Product</th><th scope="col">Shelf</th><th scope="col" class="number">Price</th><th scope="col" class="number">Stock</th><th scope="col"><span class="visually-hidden">What to do</span></th></tr></thead>
              <tbody>{products.Select(product => Row(product, locale, context))}</tbody>
            </table>
            """);
    }

    private static FragmentMarkup Row(Product product, Locale locale, FragmentContext context) => FragmentMarkup.Html(
        $"""
        <tr>
          <th scope="row"><div class="stockroom-thing"><img src="{context.Asset(product.Picture)}" alt="" width="60" height="50" loading="lazy" decoding="async"> <span><a href="/admin/products/{product.Id}">{product.Name}</a> <small>{product.Label}</small></span></div></th>
          <td data-label="Shelf">{product.CategoryName}</td>
          <td class="number" data-label="Price">{locale.Money(product.PriceCents)}</td>
          <td class="number" data-label="Stock">{Stock(product)}</td>
          <td class="stockroom-acts"><a class="button button-quiet" href="/admin/products/{product.Id}">Edit<span class="visually-hidden"> {product.Name}</span></a> <a class="button button-quiet" href="/admin/products/{product.Id}/delete">Delete<span class="visually-hidden"> {product.Name}</span></a></td>
        </tr>
        """);

    private static FragmentMarkup Stock(Product product) => product.Stock switch
    {
        0 => FragmentMarkup.Html($"""<span class="badge badge-alert">Sold out</span>"""),
        <= 5 => FragmentMarkup.Html($"""<span class="badge badge-note">{product.Stock} left</span>"""),
        _ => FragmentMarkup.Html($"{product.Stock}"),
    };

    private static FragmentMarkup Empty(string? search) => FragmentMarkup.Html(
        $"""
        <div class="empty">
          <h2>Nothing here.</h2>
          <p>{(string.IsNullOrWhiteSpace(search) ? "There is no product yet." : $"No product sounds like “{search.Trim()}”.")}</p>
          <p><a href="/admin">All products</a></p>
        </div>
        """);

    private static FragmentMarkup? Pages(ProductFind found, string? search)
    {
        if (found.Pages == 1)
        {
            return null;
        }

        var query = string.IsNullOrWhiteSpace(search) ? "" : $"search={Uri.EscapeDataString(search.Trim())}&";
        var links = Enumerable.Range(1, found.Pages).Select(number => FragmentMarkup.Html(
            $"""<li><a href="/admin?{query}page={number}" aria-label="Page {number}" {FragmentMarkup.Attribute("aria-current", number == found.Page ? "page" : null)}>{number}</a></li>"""));
        return FragmentMarkup.Html($"""<nav aria-label="Pages"><ul class="pagination">{links}</ul></nav>""");
    }
}
