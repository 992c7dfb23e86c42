using Stitcher.Fragments;
using Stitcher.Fragments.Forms;
using UserService.Accounts;

namespace UserService.Fragments;

/// <summary>How the shop looks and writes: for a user kept with their account, for everybody else in their browser.</summary>
internal static class UserPreferences
{
    private const string Name = "UserPreferences";
    private const string Form = "preferences";
    private const string Address = "/preferences";

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    private static readonly Dictionary<string, string> ThemeNames = new()
    {
        ["system"] = "As my machine has it",
        ["light"] = "Light",
        ["dark"] = "Dark",
    };

    /// <summary>What stands in the form.</summary>
    private sealed record State(string Theme, string Locale, IReadOnlyDictionary<string, string> Errors, string? Message, bool IsSaved = false);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapFragment(Name, "/fragments/user-preferences", Render)
            .WithCategory("component")
            .WithDescription("Light or dark, and the language of prices and dates; also for readers who are not signed in.")
            .WithModule("user-preferences.js", "default")
            .WithStyles("user-preferences.css")
            .Private();
        app.MapPost(Address, SaveAsync).RequireFormToken(Form, AgainAsync);
    }

    /// <param name="saved">True when they were just kept.</param>
    private static FragmentResult Render(HttpContext http, FragmentContext context, bool saved = false)
    {
        var chosen = Preferences.Of(http);
        return FragmentResults.Html(Write(context, new State(chosen.Theme, chosen.Locale, new Dictionary<string, string>(), null, saved)));
    }

    private static async Task<IResult> SaveAsync(HttpContext http, FragmentContext context, UserStore store, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var state = new State(form["theme"].ToString(), form["locale"].ToString(), Check(form), null);
        if (state.Errors.Count > 0)
        {
            return Refuse(http, context, state);
        }

        var chosen = new Preferences(state.Theme, state.Locale);
        if (context.User.UserId() is not { } id)
        {
            BrowserCookie.Keep(http, Preferences.Cookie, chosen.ToString(), Kept);
        }
        else if (await store.SetPreferencesAsync(id, chosen, ct) && await store.FindAsync(id, ct) is { } user)
        {
            UserSession.Make(http.Response, user);
        }
        else
        {
            return Refuse(http, context, state with { Message = "This account does not exist any more, so there is nothing to keep them with." }, StatusCodes.Status409Conflict);
        }

        return FormAnswer.GoOn(http.Request, Address + "?saved=true", UserTopics.Chosen(chosen));
    }

    private static async Task<IResult> AgainAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Refuse(http, FragmentContext.Of(http), new State(form["theme"].ToString(), form["locale"].ToString(), Check(form), FormToken.Outdated));
    }

    private static Dictionary<string, string> Check(IFormCollection form)
    {
        var errors = new Dictionary<string, string>();
        if (!Preferences.Themes.Contains(form["theme"].ToString()))
        {
            errors["theme"] = "Please choose one of these.";
        }

        if (!Locale.All.Any(locale => locale.Tag == form["locale"].ToString()))
        {
            errors["locale"] = "Please choose one of these languages.";
        }

        return errors;
    }

    private static IResult Refuse(HttpContext http, FragmentContext context, State state, int status = StatusCodes.Status422UnprocessableEntity) =>
        FormAnswer.IsForScript(http.Request)
            ? FormAnswer.Refused(state.Errors, UserForm.Sentence(state.Message, state.Errors), status)
            : FragmentResults.Html(status, Write(context, state)).Title("Error: Preferences, Saltmarsh").NoStore();

    private static FragmentMarkup Write(FragmentContext context, State state)
    {
        var isSignedIn = context.User.Identity?.IsAuthenticated == true;
        return FragmentMarkup.Html(
            $"""
            <section class="user-preferences" aria-labelledby="user-preferences-title" {context.Marks(Name)}>
              <h1 id="user-preferences-title">Preferences</h1>
              <p class="preferences-lead">{(isSignedIn ? "Kept with your account, for every machine you sign in on." : "Kept in this browser until you sign in.")}</p>
              {(state.IsSaved ? FragmentMarkup.Html($"""<p class="message message-good" role="status">Kept. The shop follows from now on.</p>""") : null)}
              <form class="form card" method="post" action="{Address}" data-live novalidate>
                <div class="form-message" role="alert">{FormSentences.Of(UserForm.Sentence(state.Message, state.Errors), state.Errors.Select(error => ($"user-preferences-{error.Key}", error.Value)))}</div>
                {context.FormToken(Form)}
                <fieldset id="user-preferences-theme" aria-describedby="user-preferences-theme-error">
                  <legend>Look</legend>
                  <div class="preferences-themes">{Preferences.Themes.Select(theme => Theme(theme, state))}</div>
                  <p class="field-error" id="user-preferences-theme-error" data-error-for="theme">{state.Errors.GetValueOrDefault("theme")}</p>
                </fieldset>
                <div class="field">
                  <label class="label" for="user-preferences-locale">Language of prices and dates</label>
                  <select class="input" id="user-preferences-locale" name="locale" aria-describedby="user-preferences-locale-hint user-preferences-locale-error" {Invalid(state, "locale")}>
                    {Locale.All.Select(locale => Option(locale, state))}
                  </select>
                  <p class="hint" id="user-preferences-locale-hint">{Example(state)}{(isSignedIn ? "" : " For readers who are signed in; an account keeps a choice of its own.")}</p>
                  <p class="field-error" id="user-preferences-locale-error" data-error-for="locale">{state.Errors.GetValueOrDefault("locale")}</p>
                </div>
                <p class="buttons"><button class="button" type="submit">Keep these</button></p>
              </form>
            </section>
            """);
    }

    private static FragmentMarkup Theme(string theme, State state) => FragmentMarkup.Html(
        $"""
        <div class="check preferences-theme preferences-{theme}">
          <input type="radio" id="user-preferences-{theme}" name="theme" value="{theme}" {FragmentMarkup.Attribute("checked", theme == state.Theme)} {Invalid(state, "theme")}>
          <label for="user-preferences-{theme}">{ThemeNames[theme]}</label>
        </div>
        """);

    private static FragmentMarkup Option(Locale locale, State state) => FragmentMarkup.Html(
        $"""<option value="{locale.Tag}" lang="{locale.Tag}" {FragmentMarkup.Attribute("selected", locale.Tag == state.Locale)}>{locale.Name}, {locale.Money(124950)}</option>""");

    private static string Example(State state)
    {
        var locale = Locale.Of(state.Locale);
        return $"For example {locale.Money(124950)} on {locale.Day(new DateOnly(2026, 3, 4))}.";
    }

    private static FragmentAttribute Invalid(State state, string field) => FragmentMarkup.Attribute("aria-invalid", state.Errors.ContainsKey(field) ? "true" : null);
}
