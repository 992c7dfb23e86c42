using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>Looks for what services need of each other, and stands in for what is not there.</summary>
internal sealed class ConsumedModules(IReadOnlyList<Participant> services, NegotiationPolicy policy, DiagnosticLog log)
{
    public ImmutableArray<ModuleStub> Stubs()
    {
        var stubs = new SortedDictionary<string, ModuleStub>(StringComparer.Ordinal);
        foreach (var consumer in services.Where(static service => service is { HasVote: true, IsWithheld: false }))
        {
            foreach (var consumed in consumer.Service.Manifest.Consumes)
            {
                foreach (var key in consumed.Exposes)
                {
                    Look(consumer, consumed.Service, key, consumed.Optional, stubs);
                }
            }
        }

        return [.. stubs.Values];
    }

    private void Look(Participant consumer, string service, string key, bool isOptional, SortedDictionary<string, ModuleStub> stubs)
    {
        var providers = services.Where(other => other.HasVote && other.Service.Name == service).ToList();
        var exposed = providers
            .SelectMany(static other => other.Service.Manifest.Exposes, static (other, exposed) => (other, exposed))
            .Where(pair => pair.exposed.Key == key && pair.exposed.Module is not null)
            .ToList();
        if (exposed.Any(static pair => !pair.other.IsWithheld))
        {
            return;
        }

        var specifier = $"{service}/{key[2..]}";
        if (exposed.Count == 0 && !isOptional)
        {
            log.Say(FederationCodes.ConsumedMissing, consumer.Id, subject: specifier);
        }

        if (policy.StubBase is { } folder && stubs.TryAdd(specifier, new ModuleStub(
            specifier, folder + specifier, exposed.Count > 0 ? exposed[0].exposed.Exports : [])))
        {
            log.Say(FederationCodes.StubInUse, providers.FirstOrDefault()?.Id ?? service, subject: specifier);
        }
    }
}
