using Stitcher.Federation.ImportMaps;

namespace Stitcher.Manifests;

/// <summary>An import map as it stands in a page.</summary>
/// <param name="Map">What it maps.</param>
/// <param name="Element">The script element, or nothing.</param>
/// <param name="PolicySource">What a Content-Security-Policy allows it by; null without a map.</param>
internal sealed record PageMap(ImportMap Map, ReadOnlyMemory<byte> Element, string? PolicySource)
{
    public static PageMap None { get; } = new(ImportMap.Empty, default, null);
}
