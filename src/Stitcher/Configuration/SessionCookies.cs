using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Stitcher.Configuration;

/// <summary>The cookies by which the host knows its users. Whoever holds one is the user, so no service may.</summary>
internal sealed class SessionCookies(IServiceProvider services)
{
    /// <summary>Their names; none in a host that signs nobody in.</summary>
    public async ValueTask<IReadOnlyCollection<string>> NamesAsync()
    {
        if (services.GetService<IAuthenticationSchemeProvider>() is not { } schemes || services.GetService<IOptionsMonitor<CookieAuthenticationOptions>>() is not { } options)
        {
            return [];
        }

        return
        [
            .. (await schemes.GetAllSchemesAsync())
                .Where(scheme => typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
                .Select(scheme => options.Get(scheme.Name).Cookie.Name)
                .OfType<string>(),
        ];
    }
}
