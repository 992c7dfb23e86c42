using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Stitcher;

/// <summary>What the answers to operators have in common: nobody keeps or frames them, and they are JSON unless somebody reads them.</summary>
internal static class OperatorAnswer
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static void Protect(HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    public static bool IsPage(HttpRequest request) => request.Query["format"].ToString() switch
    {
        "json" => false,
        "html" => true,
        _ => request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase),
    };
}
