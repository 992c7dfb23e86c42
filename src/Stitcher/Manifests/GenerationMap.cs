using Stitcher.Federation.ImportMaps;

namespace Stitcher.Manifests;

/// <summary>A map that was published, by its generation's name.</summary>
internal sealed record GenerationMap(string Generation, ImportMapResolver Resolver);
