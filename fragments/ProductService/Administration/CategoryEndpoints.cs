using System.Globalization;
using ProductService.Purging;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace ProductService.Administration;

/// <summary>Where the shelves' forms are sent: all to the address of their page, so that the page can show the answer; the field <c>act</c> says what to do.</summary>
internal static class CategoryEndpoints
{
    private const long LargestForm = 16 * 1024;

    public static void Map(IEndpointRouteBuilder app) => app
        .MapPost("/admin/categories", ChangeAsync)
        .ForAdministrators()
        .RequireFormToken(AdminDoor.Form, AgainAsync)
        .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestForm));

    private static async Task<IResult> ChangeAsync(
        HttpContext http, FragmentContext context, ProductStore store, CategoryEditing editing, GatewayPurge purge, CancellationToken ct)
    {
        var input = CategoryInput.Read(await http.Request.ReadFormAsync(ct));
        if (input.Act is "create" or "rename" && CategoryRules.Check(input.Name, input.Blurb) is { Count: > 0 } errors)
        {
            return await RefuseAsync(http, context, store, input, errors, "Please look at what is marked below.");
        }

        var version = int.TryParse(input.Version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        EditStatus? status = input.Act switch
        {
            "create" => await editing.CreateAsync(input.Name, input.Blurb, ct),
            "rename" => await editing.RenameAsync(input.Slug, version, input.Name, input.Blurb, ct),
            "up" or "down" => await editing.MoveAsync(input.Slug, input.Act == "up", ct),
            "delete" => await editing.DeleteAsync(input.Slug, ct),
            _ => null,
        };
        switch (status)
        {
            case EditStatus.Done:
                await purge.ForgetEverythingAsync(ct);
                return Done(http, input.Act);
            case EditStatus.NameTaken:
                return await RefuseAsync(
                    http, context, store, input, new Dictionary<string, string> { ["name"] = CategoryRules.NameTaken }, "Please look at what is marked below.");
            case EditStatus.Changed:
                return await RefuseAsync(
                    http, context, store, input, null, "Somebody else changed this shelf while you wrote. Save to put yours in its place.", StatusCodes.Status409Conflict);
            case EditStatus.NotEmpty:
                return await RefuseAsync(http, context, store, input, null, "There are products on this shelf. Put them on another one first.", StatusCodes.Status409Conflict);
            case EditStatus.Missing:
                return await RefuseAsync(http, context, store, input, null, "There is no such shelf any more.", StatusCodes.Status404NotFound);
            default:
                return await RefuseAsync(http, context, store, input, null, "This form said nothing that can be done.", StatusCodes.Status400BadRequest);
        }
    }

    private static async Task<IResult> AgainAsync(HttpContext http) => await RefuseAsync(
        http,
        FragmentContext.Of(http),
        http.RequestServices.GetRequiredService<ProductStore>(),
        CategoryInput.Read(await http.Request.ReadFormAsync(http.RequestAborted)),
        null,
        FormToken.Outdated);

    private static async Task<IResult> RefuseAsync(
        HttpContext http,
        FragmentContext context,
        ProductStore store,
        CategoryInput input,
        IReadOnlyDictionary<string, string>? errors,
        string message,
        int status = StatusCodes.Status422UnprocessableEntity)
    {
        if (FormAnswer.IsForScript(http.Request))
        {
            return FormAnswer.Refused(errors, message, status);
        }

        var view = new CategoryView
        {
            Shelves = await store.CategoriesAsync(http.RequestAborted),
            Input = input,
            Errors = errors ?? new Dictionary<string, string>(),
            Message = message,
        };
        return CategoryManager.Answer(view, context, status).Stylesheet(context.Asset(Stockroom.Styles));
    }

    private static IResult Done(HttpContext http, string act)
    {
        return FormAnswer.GoOn(http.Request, Stockroom.After("/admin/categories", act switch
        {
            "create" => "shelf-created",
            "rename" => "shelf-saved",
            "delete" => "shelf-deleted",
            _ => "shelf-moved",
        }));
    }
}
