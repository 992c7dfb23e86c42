using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Stitcher.Configuration;

/// <summary>The cookies by which the host knows its users. Whoever holds one is the user, so no service may.</summary>
internal sealed class SessionCookies(IServiceProvider services)
{
    /// <summary>The authentication scheme of the gateway's own sessions.</summary>
    public const string OwnScheme = "Stitcher";

    /// <summary>What browsers take as a sign that a cookie is from this very host, over https (RFC 6265bis, section 4.1.3.2).</summary>
    public const string HostPrefix = "__Host-";

    /// <summary>Whether the gateway's own sessions were added.</summary>
    public async ValueTask<bool> AreOwnAsync() =>
        services.GetService<IAuthenticationSchemeProvider>() is { } schemes && await schemes.GetSchemeAsync(OwnScheme) is not null;

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
                .OfType<string>()
                .SelectMany(static name => new[] { name, HostPrefix + name }),
        ];
    }

    /// <summary>Whether a cookie is a session, or a piece of one: a large one is cut into pieces with <c>C1</c>, <c>C2</c>, … behind the name.</summary>
    /// <param name="name">The cookie's name.</param>
    /// <param name="sessions">The names of the sessions.</param>
    public static bool Contain(ReadOnlySpan<char> name, IReadOnlyCollection<string> sessions)
    {
        foreach (var session in sessions)
        {
            if (name.StartsWith(session, StringComparison.OrdinalIgnoreCase)
                && (name.Length == session.Length || (name[session.Length] is 'C' or 'c' && name[(session.Length + 1)..].ContainsAnyInRange('0', '9'))))
            {
                return true;
            }
        }

        return false;
    }
}
