using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How the gateway tells services who asks: by short-lived signed tokens (JWS), one audience each.</summary>
public sealed class IdentityOptions
{
    /// <summary>Where the signing key is found. The key itself does not belong into settings.</summary>
    /// <value><c>env:NAME</c> for an environment variable or <c>file:/absolute/path</c>. It holds a private P-256 key in PEM (tokens are signed with ES256, services
    /// need only the public half), or at least 32 bytes in base64 (HS256). Read when the configuration is loaded. Required as soon as a service is told who asks.</value>
    public string? Key { get; set; }

    /// <summary>What the tokens name as their issuer.</summary>
    /// <value>Not empty. Default: <c>stitcher</c>.</value>
    public string Issuer { get; set; } = "stitcher";

    /// <summary>The claim of the signed-in user that names them for ever and alone.</summary>
    /// <value>A claim type. Default: <c>sub</c>, or else ASP.NET Core's name identifier. Never a header: it comes from the host's own authentication.</value>
    public string SubjectClaim { get; set; } = "sub";

    /// <summary>The claim that tells one session of a user from another.</summary>
    /// <value>A claim type. Default: <c>sid</c>. Users without it have one session.</value>
    public string SessionClaim { get; set; } = "sid";

    /// <summary>How long a token is valid. It is used again until 30 s before its end.</summary>
    /// <value>1 to 2 minutes: what leaks is worthless soon. Default: 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:01:00", "00:02:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(2);
}
