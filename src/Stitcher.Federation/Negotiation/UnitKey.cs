using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>A package in a share scope; for a unit, its smallest package.</summary>
internal readonly record struct UnitKey(string Scope, string Package) : IComparable<UnitKey>
{
    public bool IsDefaultScope => Scope == SharedPackage.DefaultShareScope;

    public int CompareTo(UnitKey other)
    {
        var scope = string.CompareOrdinal(Scope, other.Scope);
        return scope != 0 ? scope : string.CompareOrdinal(Package, other.Package);
    }

    public override string ToString() => IsDefaultScope ? Package : $"{Scope}#{Package}";
}
