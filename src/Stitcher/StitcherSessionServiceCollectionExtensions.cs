using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Stitcher;
using Stitcher.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a gateway keep its users signed in.</summary>
public static class StitcherSessionServiceCollectionExtensions
{
    /// <summary>
    /// Adds sessions as <c>Stitcher:Session</c> says: ASP.NET Core's cookie authentication under the scheme <c>Stitcher</c>, the default one. Services with
    /// <c>Services[].SignsIn</c> make and end them. A host that signs users in by itself needs no such call.
    /// </summary>
    /// <param name="services">The app's services.</param>
    /// <returns>The builder of the authentication, for further schemes.</returns>
    public static AuthenticationBuilder AddStitcherSession(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ISharedSessionEnds, NoSharedSessionEnds>();
        services.TryAddSingleton<EndedSessions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CookieAuthenticationOptions>, SessionCookieSetup>());
        return services.AddAuthentication(SessionCookies.OwnScheme).AddCookie(SessionCookies.OwnScheme);
    }
}
