using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Mvc;
using Stitcher.Fragments;
using Stitcher.Fragments.Forms;
using UserService.Accounts;

namespace UserService.Fragments;

/// <summary>Signing in: the form, and what is done with it.</summary>
internal static class LoginForm
{
    private const string Name = "LoginForm";
    private const string Form = "sign-in";
    private const int LongestEmail = 254;
    private const string TooMany = "Very many people are signing in just now. Please try again in a few seconds.";

    /// <summary>What stands in the form.</summary>
    /// <param name="Return">Where to go afterwards.</param>
    /// <param name="Email">As it was sent. A password is never written back.</param>
    /// <param name="Errors">A sentence for each field that is wrong, by its name.</param>
    /// <param name="Message">A sentence about the whole form.</param>
    private sealed record State(string Return, string Email, IReadOnlyDictionary<string, string> Errors, string? Message);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapFragment(Name, "/fragments/login-form", Render)
            .WithCategory("component")
            .WithDescription("Signs somebody in with email and password, and sends them where they came from.")
            .WithModule("login-form.js", "default")
            .HydrateWhen("load")
            .WithStyles("login-form.css")
            .Private();
        app.MapPost("/sign-in", SignInAsync).RequireFormToken(Form, AgainAsync);
    }

    /// <param name="return">Where to go afterwards: a page of this site.</param>
    private static FragmentResult Render(FragmentContext context, [FromQuery(Name = "return")] string? @return = null)
    {
        var target = ReturnAddress.Of(@return);
        return FragmentResults.Html(context.User.Identity?.IsAuthenticated == true
            ? SignedIn(context, context.User.FindFirst("name")?.Value ?? "", target)
            : Write(context, new State(target, "", new Dictionary<string, string>(), null)));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, FragmentContext context, Passwords passwords, PasswordTurns turns, SignInAttempts attempts, CancellationToken ct)
    {
        var form = await http.Request.ReadFormAsync(ct);
        var (email, password) = (form["email"].ToString().Trim(), form["password"].ToString());
        var state = new State(ReturnAddress.Of(form["return"]), email.Length <= LongestEmail ? email : "", Check(email, password), null);
        if (state.Errors.Count > 0)
        {
            return Refuse(http, context, state);
        }

        var client = ClientOf(http);
        if (attempts.Begin(email, client) is { } wait)
        {
            return RefuseForNow(http, context, state with { Message = TooOften(wait) }, wait);
        }

        using var turn = await TurnAsync(turns, attempts, email, client, ct);
        if (!turn.IsAcquired)
        {
            return RefuseForNow(http, context, state with { Message = TooMany }, PasswordTurns.Pause);
        }

        if (await passwords.CheckAsync(email, password, ct) is not { } user)
        {
            return Refuse(http, context, state with { Message = "This email and this password do not belong together. Please check both." });
        }

        attempts.Succeeded(email, client);
        UserSession.Make(http.Response, user);
        return FormAnswer.GoOn(http.Request, state.Return, UserTopics.SignedIn(user));
    }

    // An attempt counts before it is looked at; this one never was.
    private static async Task<RateLimitLease> TurnAsync(PasswordTurns turns, SignInAttempts attempts, string email, string client, CancellationToken ct)
    {
        RateLimitLease? turn = null;
        try
        {
            return turn = await turns.WaitAsync(ct);
        }
        finally
        {
            if (turn is not { IsAcquired: true })
            {
                attempts.TakeBack(email, client);
            }
        }
    }

    private static async Task<IResult> AgainAsync(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return Refuse(http, FragmentContext.Of(http), new State(ReturnAddress.Of(form["return"]), form["email"].ToString(), new Dictionary<string, string>(), FormToken.Outdated));
    }

    private static Dictionary<string, string> Check(string email, string password)
    {
        var errors = new Dictionary<string, string>();
        if (email.Length == 0)
        {
            errors["email"] = "Please enter your email address.";
        }
        else if (email.Length > LongestEmail || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            errors["email"] = "This is no email address. One looks like ada@saltmarsh.example.";
        }

        if (password.Length == 0)
        {
            errors["password"] = "Please enter your password.";
        }
        else if (password.Length > Passwords.Longest)
        {
            errors["password"] = $"A password here has at most {Passwords.Longest} characters.";
        }

        return errors;
    }

    private static IResult Refuse(HttpContext http, FragmentContext context, State state, int status = StatusCodes.Status422UnprocessableEntity) =>
        FormAnswer.IsForScript(http.Request)
            ? FormAnswer.Refused(state.Errors, UserForm.Sentence(state.Message, state.Errors), status)
            : FragmentResults.Html(status, Write(context, state)).Title("Error: Sign in, Saltmarsh").NoStore();

    // Not 503: the service is well, and a gateway would count that against it.
    private static IResult RefuseForNow(HttpContext http, FragmentContext context, State state, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Refuse(http, context, state, StatusCodes.Status429TooManyRequests);
    }

    private static string TooOften(TimeSpan wait) => wait > TimeSpan.FromMinutes(1)
        ? $"That were too many attempts. Please try again in {Math.Ceiling(wait.TotalMinutes).ToString(CultureInfo.InvariantCulture)} minutes."
        : "That were too many attempts. Please try again in a minute.";

    // The reverse proxy puts the client's address last; without a proxy it is the connection's.
    private static string ClientOf(HttpContext http) =>
        http.Request.Headers["X-Forwarded-For"] is [.., { Length: > 0 } addresses] ? addresses.Split(',')[^1].Trim() : http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static FragmentMarkup Write(FragmentContext context, State state) => FragmentMarkup.Html(
        $"""
        <section class="login-form" aria-labelledby="login-form-title" {context.Marks(Name)}>
          <h1 id="login-form-title">Sign in</h1>
          <p class="login-lead">For your orders, your cart and how the shop looks to you.</p>
          <form class="form card" method="post" action="/sign-in" data-live novalidate>
            <div class="form-message" role="alert">{FormSentences.Of(UserForm.Sentence(state.Message, state.Errors), state.Errors.Select(error => ($"login-form-{error.Key}", error.Value)))}</div>
            {context.FormToken(Form)}
            <input type="hidden" name="return" value="{state.Return}">
            <div class="field">
              <label class="label" for="login-form-email">Email</label>
              <input class="input" id="login-form-email" name="email" type="email" value="{state.Email}" autocomplete="username" maxlength="{LongestEmail}" required
                     spellcheck="false" autocapitalize="none" aria-describedby="login-form-email-error" {Invalid(state, "email")}>
              <p class="field-error" id="login-form-email-error" data-error-for="email">{state.Errors.GetValueOrDefault("email")}</p>
            </div>
            <div class="field">
              <label class="label" for="login-form-password">Password</label>
              <input class="input" id="login-form-password" name="password" type="password" autocomplete="current-password" maxlength="{Passwords.Longest}" required
                     aria-describedby="login-form-password-error" {Invalid(state, "password")}>
              <p class="field-error" id="login-form-password-error" data-error-for="password">{state.Errors.GetValueOrDefault("password")}</p>
            </div>
            <p class="buttons"><button class="button" type="submit">Sign in</button></p>
          </form>
          <p class="hint">This is a demonstration. Try <b>ada@saltmarsh.example</b>, who keeps the stockroom, or <b>tomas@saltmarsh.example</b>, who only shops. The password is <b>saltmarsh</b>.</p>
        </section>
        """);

    private static FragmentMarkup SignedIn(FragmentContext context, string name, string target) => FragmentMarkup.Html(
        $"""
        <section class="login-form" aria-labelledby="login-form-title" {context.Marks(Name)}>
          <h1 id="login-form-title">You are signed in</h1>
          <p class="login-lead">As {name}. Sign out first if that is not you.</p>
          <div class="buttons">
            <a class="button" href="{target}">Go on</a>
            {SignOut.Button(context, "button button-plain")}
          </div>
        </section>
        """);

    private static FragmentAttribute Invalid(State state, string field) => FragmentMarkup.Attribute("aria-invalid", state.Errors.ContainsKey(field) ? "true" : null);
}
