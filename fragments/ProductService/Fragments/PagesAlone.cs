namespace ProductService.Fragments;

/// <summary>
/// The addresses of the shop's pages, while a developer runs this service alone: links and forms of the fragments then lead to the fragment that is the
/// page's own. Behind a gateway nobody comes here, for it has the pages.
/// </summary>
internal static class PagesAlone
{
    private static readonly (string Page, string Fragment)[] Pages =
    [
        ("/products", "/fragments/products-page?"),
        ("/products/{id:int}", "/fragments/product-card?id={id}&"),
        ("/admin", "/fragments/products-admin?"),
        ("/admin/products/new", "/fragments/product-form?"),
        ("/admin/products/{id:int}", "/fragments/product-form?id={id}&"),
        ("/admin/products/{id:int}/delete", "/fragments/product-form?id={id}&remove=true&"),
        ("/admin/categories", "/fragments/category-manager?"),
    ];

    public static void Map(WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        foreach (var (page, fragment) in Pages)
        {
            app.MapGet(page, (HttpRequest request) => Results.LocalRedirect(
                fragment.Replace("{id}", request.RouteValues["id"]?.ToString(), StringComparison.Ordinal) + request.QueryString.Value?.TrimStart('?')));
        }
    }
}
