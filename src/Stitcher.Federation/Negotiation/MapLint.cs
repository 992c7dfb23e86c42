using System.Collections.Immutable;
using Stitcher.Federation.ImportMaps;

namespace Stitcher.Federation.Negotiation;

/// <summary>Resolves everything that is declared through a map and compares it with what was decided.</summary>
internal sealed class MapLint(IReadOnlyList<Participant> services, ImportMapResolver resolver, DiagnosticLog log)
{
    private readonly List<MapFault> _faults = [];

    public ImmutableArray<MapFault> Check()
    {
        foreach (var service in services)
        {
            foreach (var (specifier, intended) in MapEmitter.Intentions(service))
            {
                var actual = resolver.Resolve(specifier, service.Base);
                if (actual != intended)
                {
                    _faults.Add(new MapFault(service.Id, service.Base, specifier, intended, actual));
                }
            }

            if (!service.IsWithheld)
            {
                Imports(service);
            }
        }

        return [.. _faults];
    }

    private void Imports(Participant service)
    {
        foreach (var (file, module) in service.Service.Manifest.Modules)
        {
            foreach (var specifier in module.Imports)
            {
                if (resolver.Resolve(specifier, service.Base + file) is null)
                {
                    log.Say(FederationCodes.UnresolvedImport, service.Id, subject: $"{specifier} in {file}");
                }
            }
        }
    }
}
