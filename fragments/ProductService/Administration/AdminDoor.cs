using System.Security.Claims;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;

namespace ProductService.Administration;

/// <summary>Lets only administrators into the stockroom, as the gateway's word says who they are.</summary>
internal static class AdminDoor
{
    /// <summary>The name of all forms in here; who may send one may send all.</summary>
    public const string Form = "stockroom";

    /// <summary>What somebody gets who may not come in; null for who may.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="page">The page that they wanted, to come back to.</param>
    public static FragmentResult? Closed(ClaimsPrincipal user, string page) =>
        user.Identity?.IsAuthenticated != true ? FragmentResults.SeeOther(SignIn(page))
        : !user.IsAdmin() ? FragmentResults.Html(StatusCodes.Status403Forbidden, Words(user)).Title("The stockroom, Saltmarsh").NoStore()
        : null;

    /// <summary>The same for forms, before anything of them is read.</summary>
    public static TBuilder ForAdministrators<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
    {
        var http = context.HttpContext;
        if (Closed(http.User, http.Request.Path) is not { } answer)
        {
            return await next(context);
        }

        return !FormAnswer.IsForScript(http.Request) ? answer
            : answer.StatusCode == StatusCodes.Status403Forbidden
                ? FormAnswer.Refused(null, "Only administrators may change what is on the shelves.", StatusCodes.Status403Forbidden)
                : FormAnswer.Refused(null, "You are not signed in any more. Please sign in and send this again.", StatusCodes.Status401Unauthorized);
    });

    private static string SignIn(string page) => $"/sign-in?return={Uri.EscapeDataString(page)}";

    private static FragmentMarkup Words(ClaimsPrincipal user) => FragmentMarkup.Html(
        $"""
        <section class="stockroom empty">
          <h1>The stockroom is for those who keep it.</h1>
          <p>You are signed in as {user.FindFirst("name")?.Value ?? "a customer"}, who may buy everything here and change none of it.</p>
          <p><a href="/products">To the shelves</a></p>
        </section>
        """);
}
