using System.Globalization;
using Stitcher.Fragments.Identity;

namespace UserService.Accounts;

/// <summary>What the gateway is told of a user when it makes or replaces their session.</summary>
internal static class UserSession
{
    public static void Make(HttpResponse response, User user)
    {
        List<KeyValuePair<string, string>> claims =
        [
            new("name", user.Name),
            new("theme", user.Preferences.Theme),
            new("locale", user.Preferences.Locale),
        ];
        if (user.Role.Length > 0)
        {
            claims.Add(new("role", user.Role));
        }

        StitcherSession.Make(response, user.Id.ToString(CultureInfo.InvariantCulture), claims);
    }
}
