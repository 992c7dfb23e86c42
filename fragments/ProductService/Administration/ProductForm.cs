using System.Globalization;
using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>The form of one product, new or there already; and the question whether one should really go.</summary>
internal static class ProductForm
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("ProductForm", "/fragments/product-form", RenderAsync)
        .WithCategory("component")
        .WithDescription("Creates and edits a product. For administrators.")
        .WithModule("product-form.js", "default")
        .WithStyles(Stockroom.Styles)
        .Private();

    /// <param name="id">The product. Default: a new one.</param>
    /// <param name="remove">True asks whether it should be deleted.</param>
    /// <param name="done">What has just been done with it.</param>
    private static async Task<FragmentResult> RenderAsync(
        ProductStore store, FragmentContext context, CancellationToken ct, int? id = null, bool remove = false, string? done = null)
    {
        var page = id is { } number ? string.Create(CultureInfo.InvariantCulture, $"/admin/products/{number}{(remove ? "/delete" : "")}") : "/admin/products/new";
        if (AdminDoor.Closed(context.User, page) is { } closed)
        {
            return closed;
        }

        var shelves = await store.CategoriesAsync(ct);
        if (id is not { } wanted)
        {
            return Answer(new ProductFormView { Input = new ProductInput { Stock = "0" }, Shelves = shelves }, context);
        }

        if (await store.FindAsync(wanted, ct) is not { } product)
        {
            return Missing(wanted);
        }

        return remove
            ? RemovalAnswer(new ProductRemovalView(product), context)
            : Answer(new ProductFormView { Product = product, Input = ProductInput.Of(product), Shelves = shelves, Done = done }, context);
    }

    public static FragmentResult Answer(ProductFormView view, FragmentContext context, int status = StatusCodes.Status200OK) => FragmentResults
        .Html(status, view.Render(context))
        .Title($"{view.Product?.Name ?? "A new product"}, the stockroom of Saltmarsh")
        .NoStore();

    public static FragmentResult RemovalAnswer(ProductRemovalView view, FragmentContext context, int status = StatusCodes.Status200OK) => FragmentResults
        .Html(status, view.Render(context))
        .Title($"Delete {view.Product.Name}? The stockroom of Saltmarsh")
        .NoStore();

    public static FragmentResult Missing(int id) => FragmentResults
        .NotFound(FragmentMarkup.Html(
            $"""
            <section class="stockroom" data-module="products/ProductForm">
              {Stockroom.Ways("")}
              <header class="stockroom-head"><h1>There is no product {id}.</h1></header>
              <p>Somebody may have deleted it. What you wrote has nowhere to go.</p>
              <p><a href="/admin">To all products</a></p>
            </section>
            """))
        .Title("No such product, the stockroom of Saltmarsh")
        .NoStore();
}
