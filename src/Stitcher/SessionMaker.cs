using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using Stitcher.Diagnostics;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Makes, replaces and ends the gateway's session as a service says, with whatever authentication the host signs users in by.</summary>
internal sealed class SessionMaker(CatalogState catalog, UserFragments fragments, TimeProvider time, ILogger<SessionMaker> logger)
{
    // As many as a session's name needs so that nobody guesses one (OWASP asks for 64 bits).
    private const int NameBytes = 16;

    private readonly Seldom _warning = new(time);

    /// <returns>What was done, for the log.</returns>
    public async Task<string> ApplyAsync(HttpContext context, SessionStatement statement)
    {
        var before = context.Response.Headers.SetCookie;
        var done = statement.Ends ? await EndAsync(context) : await MakeAsync(context, statement);
        var after = context.Response.Headers.SetCookie;
        context.Features.Set(new SessionChange(new StringValues(after.ToArray()[before.Count..])));
        return done;
    }

    private async Task<string> MakeAsync(HttpContext context, SessionStatement statement)
    {
        var options = catalog.Current.Options.Identity;
        var old = context.User;
        var subject = statement.Claims.First(claim => claim.Type == options.SubjectClaim).Value;
        var isSame = old.Identity?.IsAuthenticated == true && VisitorReader.SubjectOf(options, old) == subject;

        // A name that was there before the user signed in may be known to somebody else. What only tells more of the same user keeps it, and with it the forms in their other tabs.
        var name = isSame && old.FindFirst(options.SessionClaim)?.Value is { Length: > 0 } known ? known : WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(NameBytes));
        var user = new ClaimsPrincipal(new ClaimsIdentity([.. statement.Claims, new Claim(options.SessionClaim, name)], "Stitcher", "name", "role"));
        if (!isSame)
        {
            context.Features.Set<SessionBeginning>(null);
            fragments.Forget(old);
        }

        if (!context.Request.IsHttps && !IsThisMachine(context.Request.Host.Host) && _warning.MaySay(out _))
        {
            logger.SessionInTheOpen();
        }

        await context.SignInAsync(user);
        fragments.Forget(user);
        context.User = user;
        return isSame ? "replaced" : "made";
    }

    private static async Task<string> EndAsync(HttpContext context)
    {
        await context.SignOutAsync();
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        return "ended";
    }

    private static bool IsThisMachine(string host) => host is "localhost" or "127.0.0.1" or "[::1]" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
