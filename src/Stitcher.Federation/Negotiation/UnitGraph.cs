using System.Collections.Immutable;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>All units, and the order to decide them in: what is required comes before what requires it.</summary>
internal sealed class UnitGraph
{
    private readonly Dictionary<UnitKey, Unit> _byPackage = [];

    private UnitGraph(IEnumerable<Unit> units)
    {
        foreach (var unit in units)
        {
            foreach (var package in unit.Packages)
            {
                _byPackage.Add(new UnitKey(unit.Key.Scope, package), unit);
            }
        }
    }

    public ImmutableArray<Unit> InOrder { get; private set; } = [];

    public static UnitGraph Of(IReadOnlyList<Participant> services, NegotiationPolicy policy, DiagnosticLog log)
    {
        var keys = services.SelectMany(static service => service.Rows.Values).Select(static row => row.Key).Distinct().Order().ToList();
        var groups = new PackageGroups(keys);
        JoinFamilies(groups, services, policy);
        foreach (var cycle in Cycles(groups, services))
        {
            groups.Join(cycle);
            var packages = groups.With(cycle[0]).Select(static key => key.Package).ToList();
            log.Say(FederationCodes.CycleJoined, package: packages[0], subject: string.Join(',', packages));
        }

        var graph = new UnitGraph(groups.All().Select(static group => new Unit([.. group.Select(static key => key.Package)], group[0].Scope)));
        graph.InOrder = graph.Sorted(services);
        return graph;
    }

    public Unit? InDefaultScope(string package) => _byPackage.GetValueOrDefault(new UnitKey(SharedPackage.DefaultShareScope, package));

    public Unit? UnitFor(Participant service, string package) => _byPackage.GetValueOrDefault(Target(service, package));

    private static UnitKey Target(Participant service, string package) =>
        service.Rows.TryGetValue(package, out var row) ? row.Key : new UnitKey(SharedPackage.DefaultShareScope, package);

    // Retained revisions shape no units: what was deployed last must not depend on what was deployed before.
    private static void JoinFamilies(PackageGroups groups, IReadOnlyList<Participant> services, NegotiationPolicy policy)
    {
        foreach (var service in services.Where(static service => service.HasVote))
        {
            foreach (var family in service.Rows.Values
                .Where(static row => row.Shared.Family is not null)
                .GroupBy(static row => (row.Shared.ShareScope, row.Shared.Family)))
            {
                groups.Join([.. family.Select(static row => row.Key)]);
            }
        }

        if (policy.FamilyPerNpmScope)
        {
            foreach (var npmScope in services
                .Where(static service => service.HasVote)
                .SelectMany(static service => service.Rows.Values)
                .Select(static row => row.Key)
                .Where(static key => key.Package.StartsWith('@') && key.Package.Contains('/'))
                .GroupBy(static key => (key.Scope, key.Package[..key.Package.IndexOf('/')])))
            {
                groups.Join([.. npmScope]);
            }
        }
    }

    private static IEnumerable<List<UnitKey>> Cycles(PackageGroups groups, IReadOnlyList<Participant> services)
    {
        var edges = new SortedDictionary<UnitKey, SortedSet<UnitKey>>();
        foreach (var (from, to) in Edges(services.Where(static service => service.HasVote)))
        {
            if (groups.Knows(to) && from.Scope == to.Scope && groups.Root(from) != groups.Root(to))
            {
                Neighbours(edges, groups.Root(from)).Add(groups.Root(to));
            }
        }

        return StrongComponents.Of(edges).Where(static component => component.Count > 1);
    }

    private static IEnumerable<(UnitKey From, UnitKey To)> Edges(IEnumerable<Participant> services) =>
        from service in services
        from row in service.Rows.Values
        from required in row.Requires
        select (row.Key, Target(service, required.Package));

    private static SortedSet<UnitKey> Neighbours(SortedDictionary<UnitKey, SortedSet<UnitKey>> edges, UnitKey key)
    {
        if (!edges.TryGetValue(key, out var neighbours))
        {
            edges.Add(key, neighbours = []);
        }

        return neighbours;
    }

    private ImmutableArray<Unit> Sorted(IReadOnlyList<Participant> services)
    {
        var required = Required(services.Where(static service => service.HasVote));
        var wished = Required(services.Where(static service => !service.HasVote));
        var waiting = new SortedDictionary<UnitKey, Unit>();
        foreach (var unit in _byPackage.Values.Distinct())
        {
            waiting.Add(unit.Key, unit);
        }

        var sorted = ImmutableArray.CreateBuilder<Unit>(waiting.Count);
        while (waiting.Count > 0)
        {
            var next = NextOf(waiting, required, wished);
            sorted.Add(next);
            waiting.Remove(next.Key);
        }

        return sorted.MoveToImmutable();
    }

    // Cycles through share scopes cannot be joined; the first by name goes first then.
    private static Unit NextOf(
        SortedDictionary<UnitKey, Unit> waiting, Dictionary<Unit, HashSet<Unit>> required, Dictionary<Unit, HashSet<Unit>> wished)
    {
        Unit? ready = null;
        foreach (var unit in waiting.Values)
        {
            if (IsReady(unit, required, waiting))
            {
                if (IsReady(unit, wished, waiting))
                {
                    return unit;
                }

                ready ??= unit;
            }
        }

        return ready ?? waiting.Values.First();
    }

    private static bool IsReady(Unit unit, Dictionary<Unit, HashSet<Unit>> required, SortedDictionary<UnitKey, Unit> waiting) =>
        !required.TryGetValue(unit, out var needs) || !needs.Any(need => waiting.ContainsKey(need.Key));

    // Also in other share scopes: whoever declares the package there must be known to see another copy.
    private Dictionary<Unit, HashSet<Unit>> Required(IEnumerable<Participant> services)
    {
        var byName = _byPackage.ToLookup(static pair => pair.Key.Package, static pair => pair.Value, StringComparer.Ordinal);
        var required = new Dictionary<Unit, HashSet<Unit>>();
        foreach (var (from, to) in Edges(services).Distinct())
        {
            var unit = _byPackage[from];
            foreach (var target in byName[to.Package].Where(target => target != unit))
            {
                if (!required.TryGetValue(unit, out var needs))
                {
                    required.Add(unit, needs = []);
                }

                needs.Add(target);
            }
        }

        return required;
    }
}
