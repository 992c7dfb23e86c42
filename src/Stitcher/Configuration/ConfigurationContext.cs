using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Configuration;

/// <summary>What the rules need to know beyond the options themselves.</summary>
/// <param name="Configuration">The root of the configuration, to say where a key was set.</param>
/// <param name="EnvironmentName">The host's environment: <c>Development</c>, <c>Production</c>, …</param>
/// <param name="Clusters">The identifiers of the reverse proxy's clusters.</param>
/// <param name="RouteConstraints">Makes the constraints of routes (<c>{id:int}</c>); without it they are not checked.</param>
internal sealed record ConfigurationContext(
    IConfiguration Configuration,
    string EnvironmentName,
    IReadOnlyCollection<string> Clusters,
    ParameterPolicyFactory? RouteConstraints = null)
{
    /// <summary>The names of the cookies by which the host knows its users.</summary>
    public IReadOnlyCollection<string> SessionCookies { get; init; } = [];

    /// <summary>Whether the sessions are those of <see cref="SessionOptions"/>, not of an authentication that the host brings along.</summary>
    public bool OwnsSessions { get; init; }
}
