using System.Globalization;
using ProductService.Pictures;
using ProductService.Purging;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace ProductService.Administration;

/// <summary>Where the product's forms are sent: each at the address of the page it stands on, so that the page can show the answer.</summary>
internal static class ProductFormEndpoints
{
    // The longest fields together are a tenth of this.
    private const long LargestForm = 64 * 1024;

    private const string WrongFields = "Please look at what is marked below. Nothing has been saved yet.";
    private const string ChangedMeanwhile = "Somebody else changed this product while you wrote. Below stands what you wrote, and what it says now; save to put yours in its place.";
    private const string ChangedBeforeDeleting = "Somebody else changed this product while you looked. Please look again before you delete it.";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/admin/products/new", CreateAsync).WithRules(static http => AgainAsync(http, id: null));
        app.MapPost("/admin/products", CreateAsync).WithRules(static http => AgainAsync(http, id: null));
        app.MapPost("/admin/products/{id:int}", ChangeAsync).WithRules(static http => AgainAsync(http, IdOf(http)));
        app.MapPost("/admin/products/{id:int}/delete", DeleteAsync).WithRules(RemovalAgainAsync);
    }

    private static void WithRules(this RouteHandlerBuilder endpoint, Func<HttpContext, Task<IResult>> again) => endpoint
        .ForAdministrators()
        .RequireFormToken(AdminDoor.Form, again)
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestForm));

    private static async Task<IResult> CreateAsync(
        HttpContext http, FragmentContext context, ProductStore store, ProductEditing editing, GatewayPurge purge, CancellationToken ct)
    {
        var view = new ProductFormView { Input = await InputAsync(http, ct), Shelves = await store.CategoriesAsync(ct) };
        if (Read(view, out var errors) is not { } draft)
        {
            return Refuse(http, context, view with { Errors = errors, Message = WrongFields });
        }

        var edit = await editing.CreateAsync(draft, ct);
        if (edit is not { Status: EditStatus.Done, Product: { } product })
        {
            return Refuse(http, context, await HinderedAsync(view, edit.Status, store, ct));
        }

        await purge.ForgetAsync([product.Id], ct);
        return Done(http, Stockroom.After(string.Create(CultureInfo.InvariantCulture, $"/admin/products/{product.Id}"), "created"), product.Id);
    }

    private static async Task<IResult> ChangeAsync(
        int id, HttpContext http, FragmentContext context, ProductStore store, ProductEditing editing, GatewayPurge purge, CancellationToken ct)
    {
        if (await store.FindAsync(id, ct) is not { } product)
        {
            return Missing(http, id);
        }

        var view = new ProductFormView { Product = product, Input = await InputAsync(http, ct), Shelves = await store.CategoriesAsync(ct) };
        if (Read(view, out var errors) is not { } draft)
        {
            return Refuse(http, context, view with { Errors = errors, Message = WrongFields });
        }

        var edit = await editing.ChangeAsync(id, Version(view.Input.Version), draft, ct);
        switch (edit.Status)
        {
            case EditStatus.Done:
                await purge.ForgetAsync([id], ct);
                return Done(http, Stockroom.After(string.Create(CultureInfo.InvariantCulture, $"/admin/products/{id}"), "saved"), id);
            case EditStatus.Missing:
                return Missing(http, id);
            case EditStatus.Changed:
                return Refuse(http, context, Both(view, edit.Product!), StatusCodes.Status409Conflict);
            default:
                return Refuse(http, context, await HinderedAsync(view, edit.Status, store, ct));
        }
    }

    private static async Task<IResult> DeleteAsync(int id, HttpContext http, FragmentContext context, ProductEditing editing, GatewayPurge purge, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var edit = await editing.DeleteAsync(id, Version(form["version"]), ct);
        switch (edit.Status)
        {
            case EditStatus.Done:
                await purge.ForgetAsync([id], ct);
                return Done(http, Stockroom.After("/admin", "deleted"), id);
            case EditStatus.Missing:
                return Missing(http, id);
            default:
                return FormAnswer.IsForScript(http.Request)
                    ? FormAnswer.Refused(null, ChangedBeforeDeleting, StatusCodes.Status409Conflict)
                    : Styled(ProductForm.RemovalAnswer(new ProductRemovalView(edit.Product!, ChangedBeforeDeleting), context, StatusCodes.Status409Conflict), context);
        }
    }

    /// <summary>The form as it was sent, with a token that holds again.</summary>
    private static async Task<IResult> AgainAsync(HttpContext http, int? id)
    {
        var store = http.RequestServices.GetRequiredService<ProductStore>();
        var context = FragmentContext.Of(http);
        var product = id is { } number ? await store.FindAsync(number, http.RequestAborted) : null;
        if (id is { } wanted && product is null)
        {
            return Missing(http, wanted);
        }

        return Refuse(http, context, new ProductFormView
        {
            Product = product,
            Input = await InputAsync(http, http.RequestAborted),
            Shelves = await store.CategoriesAsync(http.RequestAborted),
            Message = FormToken.Outdated,
        });
    }

    private static async Task<IResult> RemovalAgainAsync(HttpContext http)
    {
        if (FormAnswer.IsForScript(http.Request))
        {
            return FormAnswer.Refused(null, FormToken.Outdated);
        }

        var context = FragmentContext.Of(http);
        return await http.RequestServices.GetRequiredService<ProductStore>().FindAsync(IdOf(http), http.RequestAborted) is { } product
            ? Styled(ProductForm.RemovalAnswer(new ProductRemovalView(product, FormToken.Outdated), context, StatusCodes.Status422UnprocessableEntity), context)
            : Missing(http, IdOf(http));
    }

    private static ProductDraft? Read(ProductFormView view, out IReadOnlyDictionary<string, string> errors) =>
        ProductRules.Read(view.Input, [.. view.Shelves.Select(shelf => shelf.Slug)], ProductPicture.Drawings, out errors);

    // What only the database knew, and only at the moment of writing.
    private static async Task<ProductFormView> HinderedAsync(ProductFormView view, EditStatus status, ProductStore store, CancellationToken ct) => view with
    {
        Shelves = await store.CategoriesAsync(ct),
        Errors = status == EditStatus.ShelfGone
            ? new Dictionary<string, string> { ["category"] = ProductRules.NoShelf }
            : new Dictionary<string, string> { ["name"] = ProductRules.NameTaken },
        Message = WrongFields,
    };

    // Whoever sends this again has seen what they overwrite.
    private static ProductFormView Both(ProductFormView view, Product now) => view with
    {
        Product = now,
        Input = view.Input with { Version = ProductInput.Of(now).Version, StockBefore = ProductInput.Of(now).Stock },
        Message = ChangedMeanwhile,
        ShowsBoth = true,
    };

    private static IResult Refuse(HttpContext http, FragmentContext context, ProductFormView view, int status = StatusCodes.Status422UnprocessableEntity) =>
        FormAnswer.IsForScript(http.Request) && !view.ShowsBoth
            ? FormAnswer.Refused(view.Errors, view.Message, status)
            : Styled(ProductForm.Answer(view, context, status), context);

    // Not a fragment's own endpoint, so it says itself which style sheet it needs.
    private static FragmentResult Styled(FragmentResult answer, FragmentContext context) => answer.Stylesheet(context.Asset(Stockroom.Styles));

    private static IResult Done(HttpContext http, string location, int id) =>
        FormAnswer.GoOn(http.Request, location, new Dictionary<string, object?> { ["product:updated"] = new { id } });

    private static IResult Missing(HttpContext http, int id) => FormAnswer.IsForScript(http.Request)
        ? FormAnswer.Refused(null, "Somebody has deleted this product.", StatusCodes.Status404NotFound)
        : ProductForm.Missing(id);

    private static async Task<ProductInput> InputAsync(HttpContext http, CancellationToken ct) => ProductInput.Read(await http.Request.ReadFormAsync(ct));

    // What is no version is nobody's version.
    private static int Version(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;

    private static int IdOf(HttpContext http) => int.Parse((string)http.Request.RouteValues["id"]!, CultureInfo.InvariantCulture);
}
