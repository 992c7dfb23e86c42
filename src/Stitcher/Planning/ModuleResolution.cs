namespace Stitcher.Planning;

/// <summary>Where one import leads.</summary>
/// <param name="Specifier">What is imported.</param>
/// <param name="Importer">The address it is imported from; null for the page itself.</param>
/// <param name="Address">What the map makes of it; null for nothing.</param>
internal readonly record struct ModuleResolution(string Specifier, string? Importer, string? Address);
