using System.Collections;
using System.Collections.Immutable;

namespace Stitcher.Fragments;

/// <summary>
/// Several attributes in one hole between attributes, or in a Razor component's <c>@attributes</c>. Made by <see cref="FragmentContext.Marks()"/>.
/// </summary>
public sealed class FragmentAttributes : IEnumerable<KeyValuePair<string, object>>
{
    internal FragmentAttributes(IEnumerable<FragmentAttribute> all) => All = [.. all];

    internal ImmutableArray<FragmentAttribute> All { get; }

    /// <summary>Those that are written, as Razor takes them.</summary>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() =>
        All.Where(static attribute => attribute.Value is not null).Select(static attribute => KeyValuePair.Create(attribute.Name, (object)attribute.Value!)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
