using System.Security.Claims;

namespace UserService;

/// <summary>How the shop is to look and to write.</summary>
/// <param name="Theme"><c>light</c>, <c>dark</c>, or <c>system</c> for what the reader's machine says.</param>
/// <param name="Locale">The tag of one of <see cref="Shop.Locale.All"/>.</param>
internal sealed record Preferences(string Theme, string Locale)
{
    /// <summary>Where they are kept for readers who are not signed in.</summary>
    public const string Cookie = "preferences";

    private const char Separator = '.';

    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    public static Preferences Usual { get; } = new("system", "en");

    /// <summary>Those of whoever asks: of the user who is signed in, else of the browser's cookie, else the usual ones.</summary>
    public static Preferences Of(HttpContext context) => context.User.Identity?.IsAuthenticated == true
        ? Of(context.User.FindFirst("theme")?.Value, context.User.FindFirst("locale")?.Value)
        : OfBrowser(context);

    /// <summary>Those of whoever is not signed in.</summary>
    public static Preferences OfBrowser(HttpContext context) => Parse(context.Request.Cookies[Cookie]);

    public override string ToString() => $"{Theme}{Separator}{Locale}";

    private static Preferences Parse(string? text) =>
        text?.Split(Separator) is [var theme, var locale] ? Of(theme, locale) : Usual;

    // What is none was written by somebody else.
    private static Preferences Of(string? theme, string? locale) => new(theme is not null && Themes.Contains(theme) ? theme : Usual.Theme, Shop.Locale.Of(locale).Tag);
}
