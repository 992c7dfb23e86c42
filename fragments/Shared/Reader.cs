using System.Globalization;
using System.Security.Claims;

namespace Shop;

/// <summary>What the services want to know of who asks.</summary>
internal static class Reader
{
    /// <returns>The user's number; null when nobody is signed in.</returns>
    public static int? UserId(this ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && int.TryParse(user.FindFirst("sub")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;

    public static bool IsAdmin(this ClaimsPrincipal user) => user.IsInRole("admin");
}
