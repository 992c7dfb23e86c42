using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Stitcher.Configuration;

namespace Stitcher;

/// <summary>Makes ASP.NET Core's cookie authentication keep sessions as <c>Stitcher:Session</c> says.</summary>
internal sealed class SessionCookieSetup(IConfiguration configuration, IHostEnvironment environment, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private const string ApplicationName = "Stitcher";
    private const string Since = "stitcher.since";

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
        options.Events.OnSigningIn = Remember;
        options.Events.OnValidatePrincipal = context => EndTooOld(context, session.LongestLifetime);
        if (session.KeyFolder is { } folder)
        {
            // Keys of its own: what else the host protects stays as it is.
            options.DataProtectionProvider = DataProtectionProvider.Create(
                new DirectoryInfo(Path.GetFullPath(folder, environment.ContentRootPath)), static keys => keys.SetApplicationName(ApplicationName));
        }
    }

    // A session that is replaced is as old as the one before it.
    private Task Remember(CookieSigningInContext context)
    {
        var begun = context.HttpContext.Features.Get<SessionBeginning>()?.At ?? time.GetUtcNow();
        context.Properties.Items[Since] = begun.UtcTicks.ToString(CultureInfo.InvariantCulture);
        return Task.CompletedTask;
    }

    private Task EndTooOld(CookieValidatePrincipalContext context, TimeSpan longest)
    {
        if (context.Properties.Items.TryGetValue(Since, out var since) && long.TryParse(since, CultureInfo.InvariantCulture, out var ticks))
        {
            var begun = new DateTimeOffset(ticks, TimeSpan.Zero);
            context.HttpContext.Features.Set(new SessionBeginning(begun));
            if (time.GetUtcNow() - begun <= longest)
            {
                return Task.CompletedTask;
            }
        }

        context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
