namespace Stitcher.Manifests;

/// <summary>What a file is by its name, and as which types its service may send it.</summary>
/// <param name="ContentType">As what browsers get it.</param>
/// <param name="Accepted">The types that are taken from the service.</param>
internal sealed record FileKind(string ContentType, params string[] Accepted)
{
    private static readonly FileKind Script = new(
        "text/javascript; charset=utf-8", "text/javascript", "application/javascript", "application/x-javascript", "application/ecmascript", "text/ecmascript");

    private static readonly FileKind Style = new("text/css; charset=utf-8", "text/css");
    private static readonly FileKind Json = new("application/json", "application/json", "text/json");
    private static readonly FileKind Wasm = new("application/wasm", "application/wasm");
    private static readonly FileKind Drawing = new("image/svg+xml", "image/svg+xml");
    private static readonly FileKind Picture = new("image/png", "image/png");
    private static readonly FileKind Font = new("font/woff2", "font/woff2", "application/font-woff2");

    /// <summary>What has no telling ending is a module: it is what manifests name.</summary>
    public static FileKind Of(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".css" => Style,
        ".json" or ".map" => Json,
        ".wasm" => Wasm,
        ".svg" => Drawing,
        ".png" => Picture,
        ".woff2" => Font,
        _ => Script,
    };

    public bool Takes(string? mediaType) => mediaType is not null && Accepted.Contains(mediaType, StringComparer.OrdinalIgnoreCase);
}
