using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;

namespace Stitcher.Gateway.Tests;

/// <summary>A gateway with sessions of its own, a service <c>users</c> that may make them by <c>POST /sign-in</c>, and one, <c>shop</c>, that is told who asks.</summary>
internal static class SessionSetup
{
    public const string Cookie = "stitcher.session";

    /// <summary>What a service says to sign somebody in.</summary>
    public static string Statement(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>An answer that sends the browser on.</summary>
    public static Answer SeeOther(string location = "/") => Answer.Of("text/plain", []).WithStatus(303).With("Location", location);

    /// <summary>An answer that signs somebody in.</summary>
    public static Answer SignsIn(string json) => SeeOther().With("Stitcher-Session", Statement(json));

    public static Task<GatewayUnderTest> StartAsync(IdentityKeys keys, ScriptedService users, ScriptedService shop, Action<GatewaySetup>? more = null) =>
        GatewayUnderTest.StartAsync(setup =>
        {
            setup.Services = static services => services.AddStitcherSession();
            setup
                .Set("Stitcher:Identity:Key", keys.Reference)
                .Service("users", users.Address, "Form=/form").With("SignsIn", true).With("Identity:Send", true)
                .Service("shop", shop.Address, "Who=/who").With("Identity:Send", true).With("Identity:Claims", new JsonArray("name", "role", "theme"))
                .Page("/", "<fragment src=\"shop/Who\" timeout=\"8s\"></fragment>", ("Deadline", "10s"))
                .Page("/sign-in", "<fragment src=\"users/Form\" primary timeout=\"8s\"></fragment><fragment src=\"shop/Who\" timeout=\"8s\"></fragment>", ("Deadline", "10s"), ("ComposeResponse", true))
                .ProxyRoute("users", "/{**path}", "users")
                .ProxyRoute("shop", "/shop/{**path}", "shop");
            more?.Invoke(setup);
        });

    /// <summary>Sends a form as the browser that holds these cookies.</summary>
    public static async Task<HttpResponseMessage> PostAsync(this GatewayUnderTest gateway, string path, string? cookie = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([]) };
        foreach (var (name, value) in headers.Append(("Cookie", cookie ?? "")).Where(header => header.Item2.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Client.SendAsync(request);
    }

    /// <summary>The lines by which an answer sets cookies.</summary>
    public static string[] SetCookies(this HttpResponseMessage response) => response.Headers.TryGetValues("Set-Cookie", out var lines) ? [.. lines] : [];

    /// <summary>The session that an answer makes, as the browser sends it back.</summary>
    public static string Session(this HttpResponseMessage response) => response.SetCookies().Single(line => line.StartsWith(Cookie, StringComparison.Ordinal)).Split(';')[0];
}
