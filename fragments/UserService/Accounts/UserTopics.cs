using System.Globalization;

namespace UserService.Accounts;

/// <summary>What the page's fragments are told when somebody signs in or out or chooses otherwise, and the shared state that goes with it.</summary>
internal static class UserTopics
{
    public static Dictionary<string, object?> SignedIn(User user) => new(Chosen(user.Preferences))
    {
        ["currentUser"] = Person(user),
        ["user:changed"] = Person(user),
        ["user:logged-in"] = new { id = IdOf(user), name = user.Name },
    };

    public static Dictionary<string, object?> SignedOut(Preferences preferences) => new(Chosen(preferences))
    {
        ["currentUser"] = null,
        ["user:changed"] = null,
        ["user:logged-out"] = null,
    };

    public static Dictionary<string, object?> Chosen(Preferences preferences) => new()
    {
        ["userPreferences"] = new { theme = preferences.Theme, locale = preferences.Locale },
        ["theme"] = preferences.Theme,
        ["locale"] = preferences.Locale,
        ["theme:changed"] = preferences.Theme,
    };

    // As the gateway writes it into pages: the text that names the user in a token, and nothing in the place of no role.
    private static object Person(User user) => new { id = IdOf(user), name = user.Name, role = user.Role.Length > 0 ? user.Role : null };

    private static string IdOf(User user) => user.Id.ToString(CultureInfo.InvariantCulture);
}
