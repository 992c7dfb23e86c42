using System.Collections.Immutable;

namespace Stitcher.Federation.ImportMaps;

/// <summary>Resolves specifiers through an import map by the HTML standard's algorithm, as browsers do.</summary>
/// <remarks>Safe to use from many threads at once.</remarks>
public sealed class ImportMapResolver
{
    private readonly Uri _page;
    private readonly string _origin;
    private readonly Dictionary<string, string?> _imports;
    private readonly Dictionary<string, Dictionary<string, string?>> _scopes = new(StringComparer.Ordinal);

    /// <summary>Prepares a map as a page of this address would.</summary>
    /// <param name="map">The map.</param>
    /// <param name="page">The page's address; only its origin matters to maps whose addresses are root-relative or absolute. Null stands for any page.</param>
    public ImportMapResolver(ImportMap map, Uri? page = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        _page = page ?? new Uri("https://page.invalid/");
        _origin = _page.GetLeftPart(UriPartial.Authority);
        _imports = Specifiers(map.Imports);
        foreach (var (prefix, specifiers) in map.Scopes)
        {
            if (Uri.TryCreate(_page, prefix, out var address))
            {
                _scopes[address.AbsoluteUri] = Specifiers(specifiers);
            }
        }
    }

    /// <summary>Resolves one specifier.</summary>
    /// <param name="specifier">What the module imports.</param>
    /// <param name="importer">The importing module's address, root-relative or absolute. Null: the page itself.</param>
    /// <returns>
    /// The address, without the page's origin where it is on the page's origin. Null when browsers would refuse: nothing maps the bare
    /// specifier, the map blocks it, or it climbs above what it is mapped to.
    /// </returns>
    public string? Resolve(string specifier, string? importer = null)
    {
        ArgumentNullException.ThrowIfNull(specifier);
        var from = importer is null ? _page : new Uri(_page, importer);
        var address = AddressOf(specifier, from);
        var normalized = address?.AbsoluteUri ?? specifier;
        foreach (var scope in ScopesOf(from.AbsoluteUri))
        {
            if (TryMap(normalized, address, scope, out var inScope))
            {
                return Shown(inScope);
            }
        }

        return TryMap(normalized, address, _imports, out var everywhere) ? Shown(everywhere) : Shown(address?.AbsoluteUri);
    }

    private Dictionary<string, string?> Specifiers(ImmutableSortedDictionary<string, string> pairs)
    {
        var specifiers = new Dictionary<string, string?>(pairs.Count, StringComparer.Ordinal);
        foreach (var (key, value) in pairs)
        {
            if (key.Length == 0)
            {
                continue;
            }

            var address = AddressOf(value, _page)?.AbsoluteUri;
            specifiers[AddressOf(key, _page)?.AbsoluteUri ?? key] = key[^1] == '/' && address?.EndsWith('/') == false ? null : address;
        }

        return specifiers;
    }

    // From the most specific scope to the least: every prefix of the address that ends in a slash, and the address itself.
    private IEnumerable<Dictionary<string, string?>> ScopesOf(string importer)
    {
        if (_scopes.Count == 0)
        {
            yield break;
        }

        if (_scopes.TryGetValue(importer, out var own))
        {
            yield return own;
        }

        for (var slash = LastSlash(importer, importer.Length - 1); slash > 0; slash = LastSlash(importer, slash))
        {
            if (_scopes.TryGetValue(importer[..(slash + 1)], out var scope))
            {
                yield return scope;
            }
        }
    }

    private static int LastSlash(string text, int before) => before <= 0 ? -1 : text.LastIndexOf('/', before - 1);

    // True also when the map blocks the specifier: nothing is looked at after that.
    private static bool TryMap(string normalized, Uri? address, Dictionary<string, string?> specifiers, out string? mapped)
    {
        if (specifiers.TryGetValue(normalized, out mapped))
        {
            return true;
        }

        if (address is null || IsSpecial(address))
        {
            for (var slash = LastSlash(normalized, normalized.Length); slash >= 0; slash = LastSlash(normalized, slash))
            {
                if (specifiers.TryGetValue(normalized[..(slash + 1)], out var folder))
                {
                    mapped = folder is null ? null : Below(folder, normalized[(slash + 1)..]);
                    return true;
                }
            }
        }

        mapped = null;
        return false;
    }

    private static string? Below(string folder, string rest) =>
        Uri.TryCreate(new Uri(folder), rest, out var address) && address.AbsoluteUri.StartsWith(folder, StringComparison.Ordinal)
            ? address.AbsoluteUri
            : null;

    private static Uri? AddressOf(string specifier, Uri from)
    {
        if (specifier.StartsWith('/') || specifier.StartsWith("./", StringComparison.Ordinal) || specifier.StartsWith("../", StringComparison.Ordinal))
        {
            return Uri.TryCreate(from, specifier, out var relative) ? relative : null;
        }

        return specifier.Contains(':') && Uri.TryCreate(specifier, UriKind.Absolute, out var absolute) ? absolute : null;
    }

    private static bool IsSpecial(Uri address) => address.Scheme is "http" or "https" or "ws" or "wss" or "ftp" or "file";

    private string? Shown(string? address) =>
        address is not null && address.StartsWith(_origin, StringComparison.Ordinal) && address.Length > _origin.Length && address[_origin.Length] == '/'
            ? address[_origin.Length..]
            : address;
}
