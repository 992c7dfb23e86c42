using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Stitcher.Federation;

namespace Stitcher.Fragments.Identity;

/// <summary>Takes a gateway's word for who asks, if it is signed, for this service, and of now.</summary>
internal sealed class StitcherIdentityHandler(
    IOptionsMonitor<StitcherIdentityOptions> options, ILoggerFactory logger, UrlEncoder encoder, IOptions<FragmentServiceOptions> service)
    : AuthenticationHandler<StitcherIdentityOptions>(options, logger, encoder)
{
    // What two machines' clocks may differ by.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(10);

    private static readonly JsonWebTokenHandler Reader = new() { MapInboundClaims = false };

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Options.DemoUser.Length > 0)
        {
            return AuthenticateResult.Success(
                new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(Options.DemoUser, Scheme.Name, "name", "role")), Scheme.Name));
        }

        if (Request.Headers[FragmentHeaders.Identity] is not [{ Length: > 0 } token])
        {
            return AuthenticateResult.NoResult();
        }

        var result = await Reader.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Options.Issuer,
            ValidAudience = Options.Audience ?? service.Value.Service,
            IssuerSigningKeys = Options.SecurityKeys,
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.HmacSha256],
            TryAllIssuerSigningKeys = true,
            LifetimeValidator = IsOfNow,
            AuthenticationType = Scheme.Name,
            NameClaimType = "name",
            RoleClaimType = "role",
        });

        // Never the library's own words, which may hold parts of the token.
        return result.IsValid
            ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(result.ClaimsIdentity), Scheme.Name))
            : AuthenticateResult.Fail("The identity token is not a valid one of the gateway for this service.");
    }

    private bool IsOfNow(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = TimeProvider.GetUtcNow().UtcDateTime;
        return from - ClockSkew <= now && now < until + ClockSkew;
    }
}
