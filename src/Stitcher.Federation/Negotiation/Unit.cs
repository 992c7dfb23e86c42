using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>A package, or packages that must come from one build; decided as a whole.</summary>
internal sealed class Unit(ImmutableArray<string> packages, string scope)
{
    public UnitKey Key { get; } = new(scope, packages[0]);

    /// <summary>In ordinal order.</summary>
    public ImmutableArray<string> Packages { get; } = packages;

    /// <summary>The copy everybody gets who gets no other; null before it is decided, and when nobody could win.</summary>
    public Offer? Winner { get; set; }

    public IEnumerable<PackageRow> RowsOf(Participant service)
    {
        foreach (var package in Packages)
        {
            if (service.Rows.TryGetValue(package, out var row) && row.Shared.ShareScope == Key.Scope)
            {
                yield return row;
            }
        }
    }
}
