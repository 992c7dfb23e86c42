using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stitcher;

/// <summary>
/// Refuses requests for pages that two readers would understand differently. What is ambiguous to somebody behind the gateway or in front
/// of it is how caches are poisoned and checks are passed by.
/// </summary>
internal static class RequestShape
{
    // Encoded a second time, or left encoded by the server because decoding would move the path's borders.
    private static readonly string[] Tricks = ["%2f", "%5c", "%00"];

    /// <returns>True for a request whose path and headers say one thing only, and which brings a body only if its method has one.</returns>
    public static bool IsPlain(HttpContext context)
    {
        var request = context.Request;
        return HasPlainPath(request.Path) && HasPlainHeaders(request.Headers)
            && !((HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
                && context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true });
    }

    private static bool HasPlainPath(PathString path)
    {
        if (path.Value is not { Length: > 1 } value)
        {
            return true;
        }

        foreach (var c in value)
        {
            if (c == '\\' || char.IsControl(c))
            {
                return false;
            }
        }

        return !value.Contains('%', StringComparison.Ordinal)
            || !Array.Exists(Tricks, trick => value.Contains(trick, StringComparison.OrdinalIgnoreCase));
    }

    // Many servers read X_User as X-User, which whoever removes X-User from outside does not see.
    private static bool HasPlainHeaders(IHeaderDictionary headers)
    {
        foreach (var header in headers)
        {
            if (header.Key.Contains('_', StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
