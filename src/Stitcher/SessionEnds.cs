using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Stitcher;

/// <summary>Forgets a user's fragments when they sign in or out: what they may see is another matter then.</summary>
internal sealed class SessionEnds(UserFragments fragments) : IPostConfigureOptions<CookieAuthenticationOptions>
{
    public void PostConfigure(string? name, CookieAuthenticationOptions options)
    {
        var (signingIn, signingOut) = (options.Events.OnSigningIn, options.Events.OnSigningOut);
        options.Events.OnSigningIn = context =>
        {
            if (context.Principal is { } user)
            {
                fragments.Forget(user);
            }

            return signingIn(context);
        };
        options.Events.OnSigningOut = context =>
        {
            fragments.Forget(context.HttpContext.User);
            return signingOut(context);
        };
    }
}
