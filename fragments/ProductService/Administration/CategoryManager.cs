using Stitcher.Fragments;

namespace ProductService.Administration;

/// <summary>The shelves themselves: new ones, names, order, and away with what is empty.</summary>
internal static class CategoryManager
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("CategoryManager", "/fragments/category-manager", RenderAsync)
        .WithCategory("feature")
        .WithDescription("Creates, renames, orders and deletes shelves. For administrators.")
        .WithModule("category-manager.js", "default")
        .WithStyles(Stockroom.Styles)
        .Private();

    /// <param name="done">What has just been done.</param>
    private static async Task<FragmentResult> RenderAsync(ProductStore store, FragmentContext context, CancellationToken ct, string? done = null) =>
        AdminDoor.Closed(context.User, "/admin/categories") ?? Answer(new CategoryView { Shelves = await store.CategoriesAsync(ct), Done = done }, context);

    public static FragmentResult Answer(CategoryView view, FragmentContext context, int status = StatusCodes.Status200OK) => FragmentResults
        .Html(status, view.Render(context))
        .Title("Shelves, the stockroom of Saltmarsh")
        .NoStore();
}
