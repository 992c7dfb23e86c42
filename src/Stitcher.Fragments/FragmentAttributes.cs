using System.Collections.Immutable;

namespace Stitcher.Fragments;

/// <summary>Several attributes in one hole between attributes. Made by <see cref="FragmentContext.Marks()"/>.</summary>
public sealed class FragmentAttributes
{
    internal FragmentAttributes(IEnumerable<FragmentAttribute> all) => All = [.. all];

    internal ImmutableArray<FragmentAttribute> All { get; }
}
