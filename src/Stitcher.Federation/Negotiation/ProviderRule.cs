using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>Says who may serve a package to others. A service may always run its own copy.</summary>
/// <param name="Package">The package's name; a <c>*</c> at its end stands for any rest (<c>@shop/*</c>).</param>
/// <param name="Allow">Names of the services that may.</param>
public sealed record ProviderRule(string Package, ImmutableArray<string> Allow)
{
    internal bool Names(string package) =>
        Package.EndsWith('*')
            ? package.AsSpan().StartsWith(Package.AsSpan(0, Package.Length - 1), StringComparison.Ordinal)
            : string.Equals(package, Package, StringComparison.Ordinal);
}
