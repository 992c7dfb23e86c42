using Stitcher.Fragments;
using Stitcher.Fragments.Forms;
using Stitcher.Fragments.Identity;
using UserService.Accounts;

namespace UserService.Fragments;

/// <summary>Signing out: a form, since a mere link would be followed by whatever looks ahead.</summary>
internal static class SignOut
{
    private const string Form = "sign-out";

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/sign-out", EndAsync).RequireFormToken(Form, AgainAsync);

    /// <summary>The form, which is one button.</summary>
    /// <param name="context">The request it is written for.</param>
    /// <param name="look">The button's classes.</param>
    public static FragmentMarkup Button(FragmentContext context, string look) => FragmentMarkup.Html(
        $"""<form class="sign-out" method="post" action="/sign-out" data-live>{context.FormToken(Form)}<button class="{look}" type="submit">Sign out</button></form>""");

    private static IResult EndAsync(HttpContext http)
    {
        StitcherSession.End(http.Response);
        return FormAnswer.GoOn(http.Request, "/", UserTopics.SignedOut(Preferences.OfBrowser(http)));
    }

    // The other tab was quicker, or the page is of yesterday: nobody is there to sign out, or the page that says who is has a form of today.
    private static Task<IResult> AgainAsync(HttpContext http)
    {
        var isOut = http.User.Identity?.IsAuthenticated != true;
        return Task.FromResult<IResult>(
            !FormAnswer.IsForScript(http.Request) ? FragmentResults.SeeOther(isOut ? "/" : "/sign-in")
            : isOut ? FormAnswer.Done("/", UserTopics.SignedOut(Preferences.Of(http)))
            : FormAnswer.Refused(null, FormToken.Outdated));
    }
}
