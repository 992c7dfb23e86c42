namespace Stitcher.Federation.Negotiation;

/// <summary>What a winner costs; compared from the left, the smaller wins. Retained revisions weigh nothing.</summary>
/// <param name="Missing">Services that would find nothing they can run on.</param>
/// <param name="Splits">Services that need a second copy of a singleton, or are quarantined.</param>
/// <param name="Forced">Services that would run on a version outside their range.</param>
/// <param name="Extra">Copies besides the winner's.</param>
public readonly record struct UnitCost(int Missing, int Splits, int Forced, int Extra) : IComparable<UnitCost>
{
    /// <summary>Compares missing, splits and forced services; <see cref="Extra"/> is looked at later and not here.</summary>
    public int CompareTo(UnitCost other) =>
        Missing != other.Missing ? Missing.CompareTo(other.Missing)
        : Splits != other.Splits ? Splits.CompareTo(other.Splits)
        : Forced.CompareTo(other.Forced);

    /// <summary>Whether the left one is cheaper.</summary>
    public static bool operator <(UnitCost left, UnitCost right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is dearer.</summary>
    public static bool operator >(UnitCost left, UnitCost right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is not dearer.</summary>
    public static bool operator <=(UnitCost left, UnitCost right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is not cheaper.</summary>
    public static bool operator >=(UnitCost left, UnitCost right) => left.CompareTo(right) >= 0;
}
