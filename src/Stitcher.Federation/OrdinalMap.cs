using System.Collections.Immutable;

namespace Stitcher.Federation;

/// <summary>Maps with ordinal order, which alone gives the same bytes on every machine.</summary>
internal static class OrdinalMap
{
    public static ImmutableSortedDictionary<string, TValue> Empty<TValue>() =>
        ImmutableSortedDictionary<string, TValue>.Empty.WithComparers(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, TValue>.Builder Builder<TValue>() =>
        ImmutableSortedDictionary.CreateBuilder<string, TValue>(StringComparer.Ordinal);

    public static ImmutableSortedDictionary<string, TValue> Of<TValue>(IEnumerable<KeyValuePair<string, TValue>>? pairs) =>
        pairs is ImmutableSortedDictionary<string, TValue> map && ReferenceEquals(map.KeyComparer, StringComparer.Ordinal)
            ? map
            : Empty<TValue>().SetItems(pairs ?? []);
}
