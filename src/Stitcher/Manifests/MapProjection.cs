using System.Collections.Immutable;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>Takes out of a map what no module of a page's services can reach.</summary>
/// <remarks>
/// Rather too much than too little: whoever serves a copy comes along with everything it declares, since a missing specifier fails a whole graph of modules.
/// </remarks>
internal sealed class MapProjection
{
    private readonly ImportMap _map;
    private readonly ILookup<string, PortfolioService> _services;
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _imports = new(StringComparer.Ordinal);
    private readonly Queue<string> _open = new();

    private MapProjection(ImportMap map, IEnumerable<PortfolioService> services)
    {
        _map = map;
        _services = services.ToLookup(static service => service.Name, StringComparer.Ordinal);
    }

    /// <param name="map">The map for all pages.</param>
    /// <param name="services">All that take part in it.</param>
    /// <param name="names">The page's services.</param>
    public static ImportMap Of(ImportMap map, IEnumerable<PortfolioService> services, IEnumerable<string> names)
    {
        var projection = new MapProjection(map, services);
        foreach (var name in names)
        {
            projection.Show(name);
        }

        return projection.Project();
    }

    private ImportMap Project()
    {
        while (_open.TryDequeue(out var name))
        {
            foreach (var service in _services[name])
            {
                Follow(service);
            }
        }

        var scopes = _map.Scopes.Where(scope => _members.Any(name => _services[name].Any(service => service.BaseUrl == scope.Key))).ToList();
        var imports = _map.Imports.Where(pair => _imports.Contains(pair.Key)).ToList();
        var reached = imports.Select(static pair => pair.Value).Concat(scopes.SelectMany(static scope => scope.Value.Values)).ToHashSet(StringComparer.Ordinal);
        return new ImportMap(imports, scopes, _map.Integrity.Where(pair => reached.Contains(pair.Key)));
    }

    // Everything it exposes: pages name fragments, and fragments bring modules, that nobody has to announce.
    private void Show(string service)
    {
        Join(service);
        Keep(service + "/", isFolder: true);
    }

    private void Follow(PortfolioService service)
    {
        foreach (var shared in service.Manifest.Shared)
        {
            Keep(shared.Package, isFolder: false);
            foreach (var required in shared.Requires.Keys)
            {
                Keep(required, isFolder: false);
            }
        }

        foreach (var consumed in service.Manifest.Consumes)
        {
            Keep(consumed.Service + "/", isFolder: true);
        }

        foreach (var specifier in service.Manifest.Modules.Values.SelectMany(static module => module.Imports))
        {
            KeepWhatServes(specifier);
        }

        foreach (var address in _map.Scopes.GetValueOrDefault(service.BaseUrl, ImmutableSortedDictionary<string, string>.Empty).Values)
        {
            JoinOwner(address);
        }
    }

    private void Keep(string name, bool isFolder)
    {
        foreach (var (specifier, address) in _map.Imports)
        {
            if (specifier.StartsWith(name, StringComparison.Ordinal)
                && (isFolder || specifier.Length == name.Length || specifier[name.Length] == '/') && _imports.Add(specifier))
            {
                JoinOwner(address);
            }
        }
    }

    private void KeepWhatServes(string specifier)
    {
        for (var end = specifier.Length; end > 0; end = specifier.LastIndexOf('/', end - 2) + 1)
        {
            var key = specifier[..end];
            if (_map.Imports.TryGetValue(key, out var address))
            {
                if (_imports.Add(key))
                {
                    JoinOwner(address);
                }

                return;
            }

            if (end < 2)
            {
                return;
            }
        }
    }

    // /_s/<service>/…
    private void JoinOwner(string address)
    {
        var end = address.StartsWith("/_s/", StringComparison.Ordinal) ? address.IndexOf('/', 4) : -1;
        if (end > 0)
        {
            Join(address[4..end]);
        }
    }

    private void Join(string service)
    {
        if (_services.Contains(service) && _members.Add(service))
        {
            _open.Enqueue(service);
        }
    }
}
