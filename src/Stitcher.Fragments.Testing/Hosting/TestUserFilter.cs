using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Stitcher.Fragments.Testing.Hosting;

/// <summary>
/// Makes the request's user the one that a test names, in front of everything else: authentication leaves a user be when a request has no token.
/// Never part of a service that listens.
/// </summary>
internal sealed class TestUserFilter : IStartupFilter
{
    private const string Header = "Stitcher-Test-User";

    public static void Sign(HttpRequestMessage request, ClaimsPrincipal user) => request.Headers.Add(
        Header, JsonSerializer.Serialize(user.Claims.Select(static claim => new[] { claim.Type, claim.Value })));

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, following) =>
        {
            if (context.Request.Headers[Header] is [{ } claims])
            {
                context.Request.Headers.Remove(Header);
                context.User = new ClaimsPrincipal(new ClaimsIdentity(
                    JsonSerializer.Deserialize<string[][]>(claims)!.Select(static claim => new Claim(claim[0], claim[1])), "test", "name", "role"));
            }

            return following(context);
        });
        next(app);
    };
}
