using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>An app around the gateway that signs in whoever asks, with ASP.NET Core's own cookies.</summary>
internal static class SignIn
{
    public const string CookieName = "shop-session";

    /// <summary>Adds <c>/sign-in?sub=…&amp;sid=…&amp;role=…</c> and <c>/sign-out</c>.</summary>
    public static GatewaySetup WithSignIn(this GatewaySetup setup)
    {
        setup.Services = static services => services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(static options => options.Cookie.Name = CookieName);
        setup.App = static app =>
        {
            app.UseAuthentication();
            app.MapGet("/sign-in", (HttpContext context) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
                context.Request.Query.SelectMany(pair => pair.Value.Select(value => new Claim(pair.Key, value!))), "test"))));
            app.MapGet("/sign-out", (HttpContext context) => context.SignOutAsync());
        };
        return setup;
    }

    /// <returns>The session's cookie as a browser would send it.</returns>
    public static async Task<string> SignInAsync(this GatewayUnderTest gateway, string claims)
    {
        using var response = await gateway.Client.GetAsync("/sign-in?" + claims);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Fetches a page as the browser that holds these cookies.</summary>
    public static async Task<string> GetAsync(this GatewayUnderTest gateway, string target, string? cookie, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        foreach (var (name, value) in headers.Append(("Cookie", cookie ?? "")).Where(header => header.Item2.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await gateway.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }
}
