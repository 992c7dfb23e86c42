using System.Collections.Immutable;

namespace Stitcher.Manifests;

/// <summary>What became different at one moment.</summary>
/// <param name="At">When.</param>
/// <param name="Generation">The import map from then on.</param>
/// <param name="IsNewMap">Whether it is another one than before.</param>
/// <param name="Items">What is different, at most <see cref="FederationHistory.MostItems"/>.</param>
/// <param name="Further">How many more there were.</param>
internal sealed record FederationChange(DateTimeOffset At, string? Generation, bool IsNewMap, ImmutableArray<FederationChangeItem> Items, int Further);

/// <summary>One thing that became different.</summary>
/// <param name="Kind"><c>service</c>, <c>package</c>, <c>problem</c>, <c>map</c> or <c>gateway</c>.</param>
/// <param name="Subject">The service's or the package's name; for a problem, its code.</param>
/// <param name="Says">What, in words.</param>
internal sealed record FederationChangeItem(string Kind, string Subject, string Says);
