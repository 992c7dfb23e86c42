using System.ComponentModel.DataAnnotations;
using Stitcher.Fragments;

namespace UserService.Fragments;

/// <summary>Who is signed in, for the head of every page. Belongs to one person: nobody may keep it. It also tells the page which look the reader chose.</summary>
internal static class UserProfile
{
    private const string Name = "UserProfile";

    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment(Name, "/fragments/user-profile", RenderAsync)
        .WithCategory("component")
        .WithDescription("Who is signed in, with a face and a way out; without a user, a way in.")
        .WithModule("user-profile.js", "default")
        .WithStyles("user-profile.css")
        .WithSample("compact", "false")
        .OpenToBrowsers()
        .Private();

    /// <param name="userId">Another user, for an admin. Default: whoever is signed in.</param>
    /// <param name="compact">True for face and name alone.</param>
    private static async Task<FragmentResult> RenderAsync(
        HttpContext http, FragmentContext context, UserStore store, CancellationToken ct, [Range(1, int.MaxValue)] int? userId = null, bool compact = false)
    {
        var own = context.User.UserId();
        if (userId is { } other && other != own)
        {
            return !context.User.IsAdmin() ? FragmentResults.Html(StatusCodes.Status403Forbidden, Nobody(context, http, "This is somebody else", null))
                : await store.FindAsync(other, ct) is { } found ? FragmentResults.Html(Card(context, http, found))
                : FragmentResults.NotFound(Nobody(context, http, "Nobody we know", null));
        }

        // Whoever has a session and is gone from the database has nothing to see any more, and can still leave.
        return own is null ? FragmentResults.Html(Nobody(context, http, "Not signed in", compact ? null : SignInLink()))
            : await store.FindAsync(own.Value, ct) is not { } user ? FragmentResults.Html(Nobody(context, http, "Nobody we know", SignOut.Button(context, "button button-quiet")))
            : FragmentResults.Html(compact ? Card(context, http, user) : Menu(context, http, user));
    }

    private static FragmentMarkup Menu(FragmentContext context, HttpContext http, User user) => FragmentMarkup.Html(
        $"""
        <div class="user-profile" data-user="{user.Id}" data-theme-choice="{Preferences.Of(http).Theme}" {context.Marks(Name)} {Topics(context, http)}>
          <details class="profile-menu">
            <summary>
              {Face(user)}
              <span class="profile-name"><span class="visually-hidden">Signed in as </span>{user.Name}</span>
            </summary>
            <div class="profile-sheet">
              <p class="profile-line">{user.Town}, with us since {user.MemberSince.Year}</p>
              <ul>
                <li><a href="/orders">Your orders</a></li>
                <li><a href="/preferences">Preferences</a></li>
                {(user.Role == "admin" ? FragmentMarkup.Html($"""<li><a href="/admin">Stockroom</a></li>""") : null)}
              </ul>
              {SignOut.Button(context, "button button-plain")}
            </div>
          </details>
        </div>
        """);

    private static FragmentMarkup Card(FragmentContext context, HttpContext http, User user) => FragmentMarkup.Html(
        $"""
        <div class="user-profile profile-card" data-user="{user.Id}" data-theme-choice="{Preferences.Of(http).Theme}" {context.Marks(Name)} {Topics(context, http)}>
          {Face(user)}
          <div class="profile-words">
            <p class="profile-name">{user.Name}</p>
            <p class="profile-line">{user.Town}, with us since {user.MemberSince.Year}</p>
          </div>
        </div>
        """);

    private static FragmentMarkup Face(User user) => FragmentMarkup.Html(
        $"""
        <svg class="profile-face profile-tone-{user.Tone}" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true" focusable="false">
          <circle cx="22" cy="22" r="22"/>
          <text x="22" y="28" text-anchor="middle">{user.Initials}</text>
        </svg>
        """);

    private static FragmentMarkup Nobody(FragmentContext context, HttpContext http, string text, FragmentMarkup? way) => FragmentMarkup.Html(
        $"""
        <div class="user-profile profile-nobody" data-theme-choice="{Preferences.Of(http).Theme}" {context.Marks(Name)} {Topics(context, http)}>
          <svg class="profile-face" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true" focusable="false">
            <circle cx="22" cy="22" r="21"/>
            <path d="M22 23a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM10 35c2-7 22-7 24 0"/>
          </svg>
          <p class="profile-name">{text}</p>
          {way}
        </div>
        """);

    // Of readers who are not signed in the gateway knows no preferences; the page's first look and what its scripts read must agree.
    private static FragmentAttribute Topics(FragmentContext context, HttpContext http)
    {
        var chosen = Preferences.Of(http);
        return context.Topics(new { theme = chosen.Theme, locale = chosen.Locale, userPreferences = chosen });
    }

    private static FragmentMarkup SignInLink() => FragmentMarkup.Html($"""<a class="profile-in" href="/sign-in">Sign in</a>""");
}
