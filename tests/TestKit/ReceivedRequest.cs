using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stitcher.TestKit;

/// <summary>A request as a service saw it.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query exactly as they stood on the wire.</param>
/// <param name="Headers">Every header, names without regard to case, lines of one name joined by commas.</param>
public sealed record ReceivedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The target without its query.</summary>
    public string Path => Target.Split('?', 2)[0];

    internal static ReceivedRequest From(HttpContext context) => new(
        context.Request.Method,
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
