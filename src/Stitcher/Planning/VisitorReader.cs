using System.Collections.Immutable;
using System.Security.Claims;
using Stitcher.Configuration;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>Reads from the signed-in user what some service may know of them.</summary>
/// <param name="options">Which claims name the user and the session.</param>
/// <param name="claims">The claims that some service is told.</param>
/// <param name="generations">What was forgotten of whom.</param>
internal sealed class VisitorReader(
    IdentityOptions options, ImmutableArray<string> claims, UserGenerations generations)
{
    private static readonly Dictionary<string, string> LongNames = new(StringComparer.Ordinal)
    {
        ["sub"] = ClaimTypes.NameIdentifier,
        ["name"] = ClaimTypes.Name,
        ["role"] = ClaimTypes.Role,
        ["email"] = ClaimTypes.Email,
    };

    // Roles decide what is shown, whether a service is told them or not.
    private readonly ImmutableArray<string> _claims = [.. claims.Append("role").Distinct().Order(StringComparer.Ordinal)];

    /// <returns>Null when nobody is signed in, or somebody without the claim that names them.</returns>
    public Visitor? Read(ClaimsPrincipal user)
    {
        if (user.Identity?.IsAuthenticated != true || SubjectOf(options, user) is not { Length: > 0 } subject)
        {
            return null;
        }

        return new Visitor(
            subject,
            user.FindFirst(options.SessionClaim)?.Value,
            [.. _claims.SelectMany(type => ValuesOf(user, type).Order(StringComparer.Ordinal).Select(value => KeyValuePair.Create(type, value)))],
            generations.Of(subject));
    }

    /// <summary>The value of the claim that names a user; null for one without it.</summary>
    public static string? SubjectOf(IdentityOptions options, ClaimsPrincipal user) => ValuesOf(user, options.SubjectClaim).FirstOrDefault();

    /// <summary>The values of a claim, by its short name or its long one.</summary>
    public static IEnumerable<string> ValuesOf(ClaimsPrincipal user, string type)
    {
        var own = user.FindAll(type).Select(claim => claim.Value);
        return LongNames.TryGetValue(type, out var name) ? own.Concat(user.FindAll(name).Select(claim => claim.Value)).Distinct(StringComparer.Ordinal) : own;
    }
}
