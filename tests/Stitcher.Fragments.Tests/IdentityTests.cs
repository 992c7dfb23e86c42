using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Stitcher.Fragments.Tests;

public sealed class IdentityTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _foreignKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Theory]
    [InlineData("stitcher", "orders", 0, false, "42 Maren admin")]
    [InlineData("stitcher", "users", 0, false, "nobody")]
    [InlineData("somebody", "orders", 0, false, "nobody")]
    [InlineData("stitcher", "orders", -200, false, "nobody")]
    [InlineData("stitcher", "orders", 200, false, "nobody")]
    [InlineData("stitcher", "orders", 0, true, "nobody")]
    public async Task A_service_believes_only_what_its_gateway_signed_for_it_and_for_now(string issuer, string audience, int seconds, bool isForged, string expected)
    {
        var now = DateTime.UtcNow.AddSeconds(seconds);
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddSeconds(120),
            Claims = new Dictionary<string, object> { ["sub"] = "42", ["name"] = "Maren", ["role"] = "admin" },
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(isForged ? _foreignKey : _key), SecurityAlgorithms.EcdsaSha256),
        });

        Assert.Equal($"<p>{expected}</p>", await AskAsync(token));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("x")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiIsImF1ZCI6Im9yZGVycyIsImlzcyI6InN0aXRjaGVyIn0.")]
    public async Task Without_a_token_or_with_one_that_nobody_signed_nobody_asks(string? token) => Assert.Equal("<p>nobody</p>", await AskAsync(token));

    public void Dispose()
    {
        _key.Dispose();
        _foreignKey.Dispose();
    }

    private async Task<string> AskAsync(string? token)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddFragments(options => options.Service = "orders");
        builder.Services.AddStitcherIdentity(options => options.Keys.Add(_key.ExportSubjectPublicKeyInfoPem()));
        await using var app = builder.Build();
        app.UseAuthentication();
        app.MapFragment("Who", "/who", (FragmentContext context) => context.User.Identity is { IsAuthenticated: true, Name: var name }
            ? FragmentMarkup.Html($"<p>{context.User.FindFirst("sub")!.Value} {name} {(context.User.IsInRole("admin") ? "admin" : "")}</p>")
            : FragmentMarkup.Html($"<p>nobody</p>"));
        await app.StartAsync();

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/who");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Stitcher-Identity", token);
        }

        using var response = await client.SendAsync(request);
        return (await response.Content.ReadAsStringAsync()).Trim();
    }
}
