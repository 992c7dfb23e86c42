using System.Globalization;
using Stitcher.Fragments;

namespace UserService.Fragments;

/// <summary>Who is signed in, for the head of every page. Belongs to one person: nobody may keep it.</summary>
internal static class UserProfile
{
    public static void Map(IEndpointRouteBuilder app) => app
        .MapFragment("UserProfile", "/fragments/user-profile", RenderAsync)
        .WithCategory("component")
        .WithDescription("Who is signed in, with a face; without a user, that nobody is.")
        .WithModule("user-profile.js", "default")
        .WithStyles("user-profile.css")
        .WithSample("userId", "1")
        .Private();

    private static async Task<FragmentResult> RenderAsync(UserStore store, CancellationToken ct, int? userId = null)
    {
        if (userId is not { } id)
        {
            return FragmentResults.Html(Nobody("Not signed in"));
        }

        return await store.FindAsync(id, ct) is { } user
            ? FragmentResults.Html(Somebody(user))
            : FragmentResults.NotFound(Nobody("Nobody we know"));
    }

    private static FragmentMarkup Somebody(User user) => FragmentMarkup.Html(
        $"""
        <div class="user-profile" data-module="users/UserProfile" data-user="{user.Id}">
          <svg class="profile-face profile-tone-{user.Tone}" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true" focusable="false">
            <circle cx="22" cy="22" r="22"/>
            <text x="22" y="28" text-anchor="middle">{user.Initials}</text>
          </svg>
          <div class="profile-words">
            <p class="profile-name"><span class="visually-hidden">Signed in as </span>{user.Name}</p>
            <p class="profile-line">{user.Town}, with us since {user.MemberSince.ToString("yyyy", CultureInfo.InvariantCulture)}</p>
          </div>
        </div>
        """);

    private static FragmentMarkup Nobody(string text) => FragmentMarkup.Html(
        $"""
        <div class="user-profile profile-nobody">
          <svg class="profile-face" viewBox="0 0 44 44" width="44" height="44" aria-hidden="true" focusable="false">
            <circle cx="22" cy="22" r="21"/>
            <path d="M22 23a6 6 0 1 0 0-12 6 6 0 0 0 0 12zM10 35c2-7 22-7 24 0"/>
          </svg>
          <p class="profile-name">{text}</p>
        </div>
        """);
}
