using System.Collections.Immutable;
using System.Reflection;

namespace Stitcher.Fragments.Components;

/// <summary>What a request gives a component.</summary>
/// <param name="Parameters">Values of its parameters, by their names. What is missing keeps the value that the component gave it.</param>
/// <param name="Supplied">Values of properties that cannot be passed as parameters.</param>
/// <param name="Problems">What its validation attributes say against them, as sentences.</param>
internal sealed record ComponentValues(
    ImmutableDictionary<string, object?> Parameters, ImmutableArray<(PropertyInfo Property, object? Value)> Supplied, ImmutableArray<string> Problems)
{
    /// <summary>The parameters that these problems are with.</summary>
    public ImmutableArray<string> Refused { get; init; } = [];

    public static ComponentValues Of(IEnumerable<KeyValuePair<string, object?>> parameters) => new(parameters.ToImmutableDictionary(), [], []);
}
