using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Negotiation;

/// <summary>A package as one service declares it, with version and range understood.</summary>
/// <param name="Shared">The row as written.</param>
/// <param name="Version">Its version; null when it has none that is one.</param>
/// <param name="Range">The range the service accepts.</param>
/// <param name="Requires">What its copy requires, with the ranges it accepts.</param>
/// <param name="Answers">What ranges said to versions before; every service asks the same few questions.</param>
internal sealed record PackageRow(
    SharedPackage Shared,
    PackageVersion? Version,
    VersionRange Range,
    IReadOnlyList<(string Package, VersionRange Range)> Requires,
    Dictionary<(VersionRange, PackageVersion), bool> Answers)
{
    public string Name => Shared.Package;

    /// <summary>What the service imports of the package.</summary>
    public ImmutableArray<string> Specifiers { get; } = [.. Shared.Entries.Keys];

    public bool Provides => Version is not null && Shared.Import && !Shared.Entries.IsEmpty;

    public UnitKey Key => new(Shared.ShareScope, Shared.Package);

    public bool Accepts(PackageVersion version)
    {
        if (!Answers.TryGetValue((Range, version), out var isAccepted))
        {
            Answers.Add((Range, version), isAccepted = Range.Accepts(version));
        }

        return isAccepted;
    }
}
