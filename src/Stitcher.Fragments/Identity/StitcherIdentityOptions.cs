using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace Stitcher.Fragments.Identity;

/// <summary>How a service checks what a gateway says of who asks.</summary>
public sealed class StitcherIdentityOptions : AuthenticationSchemeOptions
{
    /// <summary>The name of the authentication scheme: <c>Stitcher</c>.</summary>
    public const string Scheme = "Stitcher";

    /// <value>
    /// The keys that the gateway signs with, one or more so that a new one can be known before the old one goes: public P-256 keys in PEM, or the shared secret of
    /// at least 32 bytes in base64. Required.
    /// </value>
    public IList<string> Keys { get; } = [];

    /// <summary>Who asks when there is no gateway to say so, on a developer's machine; nobody when empty.</summary>
    internal Claim[] DemoUser { get; set; } = [];

    private SecurityKey[]? _securityKeys;

    /// <summary>The keys, read once.</summary>
    internal IEnumerable<SecurityKey> SecurityKeys => _securityKeys ??= [.. Keys.Select(StitcherIdentityKeys.Read).OfType<SecurityKey>()];

    /// <value>Who signs: the gateway's <c>Identity:Issuer</c>. Default <c>stitcher</c>.</value>
    public string Issuer { get; set; } = "stitcher";

    /// <value>For whom a token must be made. Default: the service's own name, as given to <c>AddFragments</c>.</value>
    public string? Audience { get; set; }
}
