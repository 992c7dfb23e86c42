using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How the gateway keeps its users signed in. It holds for the cookie that <c>AddStitcherSession</c> adds; taken when the host starts.</summary>
public sealed class SessionOptions
{
    /// <summary>The name of the session's cookie. Over https it has <c>__Host-</c> before it, by which browsers take it from this very host alone.</summary>
    /// <value>Letters, digits, <c>.</c>, <c>_</c> and <c>-</c>, up to 64. Default: <c>stitcher.session</c>.</value>
    [RegularExpression("[A-Za-z0-9._-]{1,64}")]
    public string CookieName { get; set; } = "stitcher.session";

    /// <summary>How long a session lives without a request. Each request behind half of that time prolongs it.</summary>
    /// <value>1 min to 30 days. Default: 12 h, a long day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a session lives at most, however much it is used; then its user signs in again.</summary>
    /// <value>1 min to 365 days. Default: 14 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan LongestLifetime { get; set; } = TimeSpan.FromDays(14);

    /// <summary>The folder of the keys that sessions are encrypted with. All gateways that share sessions have the same; who can read it can be anybody.</summary>
    /// <value>
    /// A path relative to the content root, or an absolute one. Default: none, the keys are those of the host's data protection, which are usually this machine's alone.
    /// Required in the environment <c>Production</c> as soon as a service signs users in, for keys that go with a process end every session.
    /// </value>
    public string? KeyFolder { get; set; }
}
