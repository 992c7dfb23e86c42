using Microsoft.AspNetCore.Http;

namespace Stitcher.Planning;

/// <summary>The address that the browser asked for, as far as it is known here. Nothing of it reaches a service.</summary>
/// <param name="Scheme"><c>http</c> or <c>https</c>.</param>
/// <param name="Host">The host that the browser named.</param>
/// <param name="Base">What stands before the app's own paths.</param>
/// <param name="Path">The path within the app.</param>
/// <param name="Query">The query, with its question mark.</param>
internal readonly record struct PublicAddress(string Scheme, HostString Host, PathString Base, PathString Path, QueryString Query)
{
    public bool IsHttps => Scheme == Uri.UriSchemeHttps;

    /// <summary>The path as the browser has it, percent-encoded.</summary>
    public string FullPath => (Base + Path).ToUriComponent() is { Length: > 0 } path ? path : "/";

    public static PublicAddress Of(HttpRequest request) => new(request.Scheme, request.Host, request.PathBase, request.Path, request.QueryString);
}
