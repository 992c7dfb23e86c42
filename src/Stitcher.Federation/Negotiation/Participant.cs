namespace Stitcher.Federation.Negotiation;

/// <summary>A service that takes part: its manifest counts, and its rows are understood.</summary>
internal sealed class Participant(PortfolioService service, IReadOnlyDictionary<string, PackageRow> rows)
{
    private readonly Dictionary<string, (Unit Unit, Assignment Assignment)> _assigned = new(StringComparer.Ordinal);

    public PortfolioService Service { get; } = service;

    public string Id { get; } = service.Id;

    public string Base => Service.BaseUrl;

    public bool HasVote => !Service.IsRetained;

    /// <summary>By package, in ordinal order.</summary>
    public IReadOnlyDictionary<string, PackageRow> Rows { get; } = rows;

    /// <summary>True when nothing of it may be imported by others.</summary>
    public bool IsWithheld { get; set; }

    public IEnumerable<(Unit Unit, Assignment Assignment)> Assignments => _assigned.Values.DistinctBy(static pair => pair.Unit);

    public void Assign(Unit unit, Assignment assignment)
    {
        foreach (var package in unit.Packages)
        {
            if (Rows.TryGetValue(package, out var row) && row.Shared.ShareScope == unit.Key.Scope)
            {
                _assigned[package] = (unit, assignment);
            }
        }
    }

    public Assignment AssignmentOf(string package) => _assigned[package].Assignment;

    public bool IsDecided(string package) => _assigned.ContainsKey(package);

    /// <summary>The copy of a package that this service's modules get; null when they get none, or it is not decided yet.</summary>
    public Offer? CopyOf(string package, UnitGraph graph)
    {
        if (Rows.ContainsKey(package))
        {
            return _assigned.TryGetValue(package, out var found) ? found.Assignment.Seen : null;
        }

        return graph.InDefaultScope(package)?.Winner;
    }

    /// <summary>True when its modules get the package from elsewhere than everybody.</summary>
    public bool IsApartOn(string package) =>
        _assigned.TryGetValue(package, out var found) && found.Assignment.CountsAsExtra(found.Unit.Winner);

    public static int Compare(Participant left, Participant right)
    {
        var name = string.CompareOrdinal(left.Service.Name, right.Service.Name);
        return name != 0 ? name : string.CompareOrdinal(left.Service.Manifest.Revision, right.Service.Manifest.Revision);
    }
}
