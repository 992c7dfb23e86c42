using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>Makes one import map of what all services offer: each package once, in its highest version.</summary>
/// <remarks>A pure function. The same offers in any order give the same bytes. Ranges are not looked at.</remarks>
public static class SimpleNegotiation
{
    /// <summary>Makes the map.</summary>
    /// <exception cref="ArgumentException">A base address does not end in a slash: browsers would ignore it without a word.</exception>
    public static ImportMap Negotiate(IReadOnlyList<ServiceOffer> offers)
    {
        ArgumentNullException.ThrowIfNull(offers);
        foreach (var offer in offers)
        {
            if (!offer.BaseUrl.EndsWith('/'))
            {
                throw new ArgumentException(
                    $"The base address '{offer.BaseUrl}' of service '{offer.Service}' must end in '/'.", nameof(offers));
            }
        }

        var ordered = offers
            .OrderBy(static offer => offer.Service, StringComparer.Ordinal)
            .ThenBy(static offer => offer.BaseUrl, StringComparer.Ordinal)
            .ThenBy(static offer => offer.Manifest.Revision, StringComparer.Ordinal)
            .ToArray();
        return new MapBuilder().Packages(ordered).Exposes(ordered).Private(ordered).Build();
    }

    private sealed class MapBuilder
    {
        private readonly Dictionary<string, string> _imports = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Dictionary<string, string>> _scopes = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _integrity = new(StringComparer.Ordinal);
        private readonly HashSet<string> _packages = new(StringComparer.Ordinal);

        public MapBuilder Packages(IReadOnlyList<ServiceOffer> offers)
        {
            var rows = offers
                .SelectMany(static offer => offer.Manifest.Shared.Select(row => (Offer: offer, Row: row)))
                .Where(static pair => pair.Row.ShareScope == SharedPackage.DefaultShareScope);
            foreach (var package in rows.GroupBy(static pair => pair.Row.Package, StringComparer.Ordinal))
            {
                _packages.Add(package.Key);
                var winner = package
                    .Select(static pair => (pair.Offer, pair.Row, Version: ProvidedVersion(pair.Row)))
                    .Where(static candidate => candidate.Version is not null)
                    // The sort is stable, so of equal versions the first service by name wins.
                    .OrderBy(static candidate => candidate.Version!.IsPrerelease)
                    .ThenByDescending(static candidate => candidate.Version!, PackageVersion.ByPrecedence)
                    .FirstOrDefault();
                if (winner.Row is not null)
                {
                    foreach (var (specifier, file) in winner.Row.Entries)
                    {
                        _imports.TryAdd(specifier, Address(winner.Offer, file));
                    }
                }
            }

            return this;
        }

        public MapBuilder Exposes(IReadOnlyList<ServiceOffer> offers)
        {
            foreach (var offer in offers)
            {
                foreach (var exposed in offer.Manifest.Exposes)
                {
                    var specifier = $"{offer.Service}/{exposed.Name}";
                    if (exposed.Module is not null && !BelongsToPackage(specifier))
                    {
                        _imports.TryAdd(specifier, Address(offer, exposed.Module));
                    }
                }
            }

            return this;
        }

        /// <summary>Specifiers that only the service's own files may see: its internal ones, and packages of a share scope with a name.</summary>
        public MapBuilder Private(IReadOnlyList<ServiceOffer> offers)
        {
            foreach (var offer in offers)
            {
                foreach (var (specifier, file) in offer.Manifest.Internal)
                {
                    Scope(offer).TryAdd(specifier, Address(offer, file));
                }

                var rows = offer.Manifest.Shared.Where(static row =>
                    row.ShareScope != SharedPackage.DefaultShareScope && PackageVersion.TryParse(row.Version, out _));
                foreach (var (specifier, file) in rows.SelectMany(static row => row.Entries))
                {
                    Scope(offer).TryAdd(specifier, Address(offer, file));
                }
            }

            return this;
        }

        public ImportMap Build() =>
            new(_imports, _scopes.Select(static scope => KeyValuePair.Create(scope.Key, OrdinalMap.Of(scope.Value))), _integrity);

        private static PackageVersion? ProvidedVersion(SharedPackage row) =>
            row.Provide && !row.Entries.IsEmpty && PackageVersion.TryParse(row.Version, out var version) ? version : null;

        // A name below a package's would be taken for a part of the package.
        private bool BelongsToPackage(string specifier)
        {
            for (var end = specifier.Length; end > 0; end = specifier.LastIndexOf('/', end - 1))
            {
                if (_packages.Contains(specifier[..end]))
                {
                    return true;
                }
            }

            return false;
        }

        private Dictionary<string, string> Scope(ServiceOffer offer)
        {
            if (!_scopes.TryGetValue(offer.BaseUrl, out var scope))
            {
                _scopes.Add(offer.BaseUrl, scope = new Dictionary<string, string>(StringComparer.Ordinal));
            }

            return scope;
        }

        private string Address(ServiceOffer offer, string file)
        {
            var address = offer.BaseUrl + file;
            if (offer.Manifest.Modules.TryGetValue(file, out var module) && module.Integrity is { } integrity)
            {
                _integrity.TryAdd(address, integrity);
            }

            return address;
        }
    }
}
