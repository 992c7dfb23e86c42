using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stitcher.Configuration;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>Makes ASP.NET Core's cookie authentication keep sessions as <c>Stitcher:Session</c> says.</summary>
internal sealed class SessionCookieSetup(IConfiguration configuration, IHostEnvironment environment, EndedSessions ended, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private const string ApplicationName = "Stitcher";
    private const string Since = "stitcher.since";

    // What was under way when a session ended may still prolong its cookie.
    private static readonly TimeSpan UnderWay = TimeSpan.FromMinutes(5);

    public void Configure(CookieAuthenticationOptions options)
    {
    }

    public void Configure(string? name, CookieAuthenticationOptions options)
    {
        if (name != SessionCookies.OwnScheme)
        {
            return;
        }

        var session = StitcherOptionsReader.Read(configuration, []).Session;
        options.Cookie.Name = session.CookieName;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.IsEssential = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new SessionCookieStore();
        options.ExpireTimeSpan = session.Lifetime;
        options.SlidingExpiration = true;
        options.TimeProvider = time;
        options.Events.OnSigningIn = context => RememberAsync(context, session.Lifetime);
        options.Events.OnSigningOut = context => EndAsync(context.HttpContext, session.Lifetime);
        options.Events.OnValidatePrincipal = context => CheckAsync(context, session);
        if (session.KeyFolder is { } folder)
        {
            // Keys of its own: what else the host protects stays as it is.
            options.DataProtectionProvider = DataProtectionProvider.Create(
                new DirectoryInfo(Path.GetFullPath(folder, environment.ContentRootPath)), static keys => keys.SetApplicationName(ApplicationName));
        }
    }

    // A session that is replaced is as old as the one before it; one that another takes the place of is over.
    private async Task RememberAsync(CookieSigningInContext context, TimeSpan lifetime)
    {
        var begun = context.HttpContext.Features.Get<SessionBeginning>()?.At ?? time.GetUtcNow();
        context.Properties.Items[Since] = begun.UtcTicks.ToString(CultureInfo.InvariantCulture);
        if (NameOf(context.HttpContext, context.Principal) != NameOf(context.HttpContext, context.HttpContext.User))
        {
            await EndAsync(context.HttpContext, lifetime);
        }
    }

    private async Task EndAsync(HttpContext context, TimeSpan lifetime)
    {
        if (NameOf(context, context.User) is { } name)
        {
            await ended.EndAsync(name, lifetime + UnderWay, context.RequestAborted);
        }
    }

    private async Task CheckAsync(CookieValidatePrincipalContext context, SessionOptions session)
    {
        if (IsTooOld(context, session.LongestLifetime)
            || NameOf(context.HttpContext, context.Principal) is not { } name
            || await ended.HasEndedAsync(name, session.Lifetime + UnderWay, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
        }
    }

    private bool IsTooOld(CookieValidatePrincipalContext context, TimeSpan longest)
    {
        if (!context.Properties.Items.TryGetValue(Since, out var since) || !long.TryParse(since, CultureInfo.InvariantCulture, out var ticks))
        {
            return true;
        }

        var begun = new DateTimeOffset(ticks, TimeSpan.Zero);
        context.HttpContext.Features.Set(new SessionBeginning(begun));
        return time.GetUtcNow() - begun > longest;
    }

    private static string? NameOf(HttpContext context, ClaimsPrincipal? user) =>
        user?.FindFirst(context.RequestServices.GetRequiredService<CatalogState>().Current.Options.Identity.SessionClaim)?.Value;
}
