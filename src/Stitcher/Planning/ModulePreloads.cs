using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using Stitcher.Manifests;
using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>
/// Lists the modules that a page needs first, with everything they import: browsers do not look into a module that they only preload, and would find out one
/// round-trip after the other.
/// </summary>
internal sealed class ModulePreloads(FederationSnapshot federation)
{
    // Each of them holds back the style sheets and pictures that come after it.
    private const int Most = 64;

    private readonly List<(string Address, string? Integrity)> _found = [];
    private readonly List<ModuleResolution> _resolutions = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>The addresses, in the order of their being found.</summary>
    public IEnumerable<string> Addresses => _found.Select(static f => f.Address);

    /// <summary>Every import that was followed.</summary>
    public IEnumerable<ModuleResolution> Resolutions => _resolutions;

    /// <summary>Adds the packages that a service wants early.</summary>
    public void AddEager(string service)
    {
        if (federation.Services.TryGetValue(service, out var known))
        {
            foreach (var package in known.Current.Manifest.Shared.Where(static shared => shared.Eager))
            {
                Add(package.Package, known.Current.BaseUrl);
            }
        }
    }

    /// <param name="specifier">What is imported.</param>
    /// <param name="importer">The address it is imported from; null for the page itself.</param>
    public void Add(string specifier, string? importer = null)
    {
        var resolved = federation.Resolve(specifier, importer);
        _resolutions.Add(new ModuleResolution(specifier, importer, resolved));
        if (_found.Count < Most && resolved is { } address && _seen.Add(address) && federation.FileAt(address) is var (revision, file))
        {
            _found.Add((address, file.Integrity));
            if (revision.Manifest.Modules.TryGetValue(file.Path, out var module))
            {
                foreach (var imported in module.Imports)
                {
                    Add(imported, address);
                }
            }
        }
    }

    /// <summary>The elements.</summary>
    public byte[] ToHtml() => Encoding.UTF8.GetBytes(string.Concat(_found.Select(static found => Element(found.Address, found.Integrity))));

    /// <summary>The elements, each for a head that takes it once.</summary>
    public ImmutableArray<HeadPart> ToParts() =>
        [.. _found.Select(static found => new HeadPart(HeadPartKind.Preload, HeadReader.ModulePreloadKey(found.Address), Encoding.UTF8.GetBytes(Element(found.Address, found.Integrity))))];

    // With its own hash, for not every browser holds the map's against what it preloads.
    private static string Element(string address, string? integrity) =>
        $"<link rel=\"modulepreload\" href=\"{HtmlEncoder.Default.Encode(address)}{(integrity is null ? "" : "\" integrity=\"" + integrity)}\">";
}
