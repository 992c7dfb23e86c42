using System.Collections.Immutable;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>Writes down what was decided as an import map.</summary>
internal sealed class MapEmitter(IReadOnlyList<Participant> services, UnitGraph graph, DiagnosticLog log)
{
    private readonly Dictionary<string, string> _imports = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _scopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _integrity = new(StringComparer.Ordinal);
    private readonly HashSet<Unit> _everybodys = [.. graph.InOrder.Where(static unit => unit.Key.IsDefaultScope && unit.Winner is not null)];

    public ImportMap Emit(IEnumerable<ModuleStub> stubs)
    {
        Winners();
        Exposes();
        foreach (var stub in stubs)
        {
            _imports.TryAdd(stub.Specifier, stub.Url);
        }

        foreach (var service in services)
        {
            Internal(service);
            Copies(service);
        }

        Settle();
        return Map();
    }

    private void Winners()
    {
        _everybodys.IntersectWith(AskedFor());
        foreach (var winner in _everybodys.Select(static unit => unit.Winner!))
        {
            foreach (var (specifier, file) in winner.Entries)
            {
                _imports[specifier] = Address(winner.Provider, file);
            }
        }
    }

    /// <summary>Units that somebody shares, or that the files of somebody who does not declare them import.</summary>
    private IEnumerable<Unit> AskedFor()
    {
        foreach (var service in services)
        {
            foreach (var (unit, assignment) in service.Assignments)
            {
                if (assignment.FollowsEverybody)
                {
                    yield return unit;
                }
            }

            foreach (var required in service.Rows.Values.SelectMany(static row => row.Requires))
            {
                if (!service.Rows.ContainsKey(required.Package) && graph.UnitFor(service, required.Package) is { } unit)
                {
                    yield return unit;
                }
            }
        }
    }

    private void Exposes()
    {
        var packages = services.SelectMany(static service => service.Rows.Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var service in services.Where(static service => service.HasVote))
        {
            foreach (var exposed in service.Service.Manifest.Exposes)
            {
                var specifier = $"{service.Service.Name}/{exposed.Name}";
                if (exposed.Module is null)
                {
                    continue;
                }

                if (BelongsToPackage(specifier, packages))
                {
                    log.Say(FederationCodes.ExposeCollides, service.Id, subject: specifier);
                }
                else if (!service.IsWithheld && !_imports.ContainsKey(specifier))
                {
                    _imports.Add(specifier, Address(service, exposed.Module));
                }
            }
        }
    }

    private static bool BelongsToPackage(string specifier, HashSet<string> packages)
    {
        for (var end = specifier.Length; end > 0; end = specifier.LastIndexOf('/', end - 1))
        {
            if (packages.Contains(specifier[..end]))
            {
                return true;
            }
        }

        return false;
    }

    private void Internal(Participant service)
    {
        foreach (var (specifier, file) in service.Service.Manifest.Internal)
        {
            Scope(service)[specifier] = Address(service, file);
        }
    }

    private void Copies(Participant service)
    {
        foreach (var (unit, assignment) in service.Assignments)
        {
            if (assignment.Seen is { } copy
                && !(_everybodys.Contains(unit) && (assignment.FollowsEverybody || ReferenceEquals(copy, unit.Winner))))
            {
                foreach (var (specifier, file) in copy.Entries)
                {
                    Scope(service)[specifier] = Address(copy.Provider, file);
                }
            }
        }
    }

    /// <summary>What a broader key of the service, or of another one whose base lies around its own, would send elsewhere.</summary>
    private void Settle()
    {
        var resolver = new ImportMapResolver(Map());
        foreach (var service in services)
        {
            foreach (var (specifier, intended) in Intentions(service))
            {
                if (resolver.Resolve(specifier, service.Base) != intended)
                {
                    Scope(service)[specifier] = intended;
                }
            }
        }
    }

    /// <summary>Every specifier a service declares, with the address it was decided to get.</summary>
    public static IEnumerable<(string Specifier, string Address)> Intentions(Participant service)
    {
        foreach (var row in service.Rows.Values)
        {
            if (service.AssignmentOf(row.Name) is { Outcome: not ConsumerOutcome.Missing, Seen: { } copy })
            {
                foreach (var specifier in row.Shared.Entries.Keys)
                {
                    if (copy.AddressOf(specifier) is { } address)
                    {
                        yield return (specifier, address);
                    }
                }
            }
        }
    }

    private ImportMap Map() => new(
        _imports,
        _scopes.Select(static scope => KeyValuePair.Create(scope.Key, OrdinalMap.Of(scope.Value))),
        _integrity);

    private SortedDictionary<string, string> Scope(Participant service)
    {
        if (!_scopes.TryGetValue(service.Base, out var scope))
        {
            _scopes.Add(service.Base, scope = new SortedDictionary<string, string>(StringComparer.Ordinal));
        }

        return scope;
    }

    private string Address(Participant service, string file)
    {
        var address = service.Base + file;
        if (service.Service.Manifest.Modules.TryGetValue(file, out var module) && module.Integrity is { } integrity)
        {
            _integrity.TryAdd(address, integrity);
        }

        return address;
    }
}
