using System.Collections.Immutable;
using System.Security.Cryptography;
using Stitcher.Federation.ImportMaps;

namespace Stitcher.Federation.Negotiation;

/// <summary>What a negotiation came to.</summary>
public sealed record NegotiationResult
{
    /// <value>The map for all pages.</value>
    public required ImportMap Map { get; init; }

    /// <value>How each unit was decided, by its key: the smallest package's name, in a share scope with a name after <c>scope#</c>.</value>
    public required ImmutableSortedDictionary<string, UnitDecision> Decisions { get; init; }

    /// <value>Everything there is to say, in order of code, package, service and subject.</value>
    public required ImmutableArray<FederationDiagnostic> Diagnostics { get; init; }

    /// <value>Revisions whose exposed modules are not in the map, by their ids in ordinal order.</value>
    public required ImmutableArray<string> Withheld { get; init; }

    /// <value>Addresses of the packages that services want early, in ordinal order.</value>
    public required ImmutableArray<string> Preload { get; init; }

    /// <value>Stand-ins the gateway has to serve, in order of their specifiers.</value>
    public required ImmutableArray<ModuleStub> Stubs { get; init; }

    /// <value>Where the map does not do what was decided. A map with faults must not be published.</value>
    public required ImmutableArray<MapFault> Faults { get; init; }

    /// <value>True when resolving every specifier through the map by the standard's algorithm gave what was decided.</value>
    public bool IsPublishable => Faults.IsEmpty;

    /// <summary>Names the map: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits.</summary>
    public string Generation() => Convert.ToHexStringLower(SHA256.HashData(Map.ToUtf8Bytes()));
}
