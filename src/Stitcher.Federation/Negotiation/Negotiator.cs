using System.Collections.Immutable;
using Stitcher.Federation.ImportMaps;

namespace Stitcher.Federation.Negotiation;

/// <summary>Decides, over all services at once, whose copy of each shared package runs where, and makes one import map of it.</summary>
/// <remarks>
/// A pure function: the same portfolio in any order gives the same bytes, on every machine. A service that is wrong about something is
/// told so in the diagnostics and harms nobody else.
/// </remarks>
public static class Negotiator
{
    /// <summary>Negotiates.</summary>
    /// <exception cref="ArgumentException">
    /// A base address does not end in a slash, which browsers would overlook without a word, or one revision stands in the portfolio twice.
    /// </exception>
    public static NegotiationResult Negotiate(Portfolio portfolio)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        Check(portfolio.Services);

        var log = new DiagnosticLog();
        var services = new Admission(log).Admit(portfolio.Services);
        var graph = UnitGraph.Of(services, portfolio.Policy, log);
        var decisions = OrdinalMap.Builder<UnitDecision>();
        foreach (var unit in graph.InOrder)
        {
            decisions[unit.Key.ToString()] = new UnitNegotiation(unit, graph, services, portfolio, log).Decide();
        }

        var stubs = new ConsumedModules(services, portfolio.Policy, log).Stubs();
        new TopicContracts(services, log).Check();
        var map = new MapEmitter(services, graph, log).Emit(stubs);
        var resolver = new ImportMapResolver(map);
        var faults = new MapLint(services, resolver, log).Check();
        return new NegotiationResult
        {
            Map = map,
            Decisions = decisions.ToImmutable(),
            Diagnostics = log.InOrder(),
            Withheld = [.. services.Where(static service => service.IsWithheld).Select(static service => service.Id).Order(StringComparer.Ordinal)],
            Preload = Preload(services, resolver),
            Stubs = stubs,
            Faults = faults,
        };
    }

    private static ImmutableArray<string> Preload(IEnumerable<Participant> services, ImportMapResolver resolver) =>
    [
        .. services
            .Where(static service => service is { HasVote: true, IsWithheld: false })
            .SelectMany(
                static service => service.Rows.Values.Where(static row => row.Shared.Eager),
                (service, row) => resolver.Resolve(row.Name, service.Base))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    private static void Check(ImmutableArray<PortfolioService> services)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var service in services)
        {
            if (!service.BaseUrl.EndsWith('/'))
            {
                throw new ArgumentException($"The base address '{service.BaseUrl}' of {service.Id} must end in '/'.", nameof(services));
            }

            if (!ids.Add(service.Id))
            {
                throw new ArgumentException($"{service.Id} stands in the portfolio twice; a revision takes part once.", nameof(services));
            }
        }
    }
}
