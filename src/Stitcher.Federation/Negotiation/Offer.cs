using System.Collections.Immutable;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>The packages of a unit that one service brings along.</summary>
internal sealed class Offer
{
    private readonly Dictionary<string, PackageRow> _rows;
    private readonly Dictionary<string, string> _entries = new(StringComparer.Ordinal);

    public Offer(Participant provider, IEnumerable<PackageRow> rows)
    {
        Provider = provider;
        Rows = [.. rows];
        _rows = Rows.ToDictionary(static row => row.Name, StringComparer.Ordinal);
        Required = [.. Rows.SelectMany(static row => row.Requires, static (_, required) => required.Package)];
        foreach (var row in Rows)
        {
            foreach (var (specifier, file) in row.Shared.Entries)
            {
                _entries.TryAdd(specifier, file);
            }
        }
    }

    public Participant Provider { get; }

    public IReadOnlyDictionary<string, string> Entries => _entries;

    public ImmutableArray<PackageRow> Rows { get; }

    /// <summary>Packages that its packages import themselves.</summary>
    public ImmutableArray<string> Required { get; }

    public bool HasPrerelease => Rows.Any(static row => row.Version!.IsPrerelease);

    /// <summary>Why it cannot win; null when it can.</summary>
    public string? Ineligible { get; set; }

    public bool IsBanned { get; set; }

    /// <summary>True when other services may get it, as winner or otherwise.</summary>
    public bool MayServeOthers { get; set; }

    /// <summary>The requirement that its provider does not meet; null when all are met.</summary>
    public string? Unmet { get; set; }

    public PackageVersion? VersionOf(string package) => _rows.GetValueOrDefault(package)?.Version;

    public string? AddressOf(string specifier)
    {
        if (_entries.TryGetValue(specifier, out var file))
        {
            return Provider.Base + file;
        }

        for (var slash = specifier.LastIndexOf('/'); slash > 0; slash = specifier.LastIndexOf('/', slash - 1))
        {
            if (_entries.TryGetValue(specifier[..(slash + 1)], out file))
            {
                return string.Concat(Provider.Base, file, specifier.AsSpan(slash + 1));
            }
        }

        return null;
    }

    public string VersionsIn(ImmutableArray<string> packages) =>
        string.Join(',', packages.Select(package => VersionOf(package)?.Plain ?? "-"));

    public ImmutableSortedDictionary<string, string> Versions() =>
        OrdinalMap.Of(Rows.Select(static row => KeyValuePair.Create(row.Name, row.Version!.Plain)));
}
