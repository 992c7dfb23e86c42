using System.Collections.Immutable;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>The negotiated import map: who takes part, who won what and why, what is wrong, and what changed lately.</summary>
/// <param name="State"><c>none</c> (no service has a manifest), <c>good</c>, <c>warnings</c> or <c>errors</c>.</param>
/// <param name="Generation">Names the map: the SHA-256 of its bytes.</param>
/// <param name="Since">When it became the current one, as far as is remembered.</param>
/// <param name="Refusal">Why a newer map was not published; the one told here stays until then.</param>
/// <param name="Filter">The part of a name that was asked for; empty for everything.</param>
/// <param name="Map">The map for all pages; one page gets what its services can reach.</param>
/// <param name="ExtraCopies">Copies of packages besides the winners.</param>
/// <param name="ExtraBytes">What they weigh, as far as manifests tell.</param>
/// <param name="Problems">What is wrong, the worst first; never filtered.</param>
/// <param name="Services">Every service that has a manifest in the settings.</param>
/// <param name="Packages">The packages, each with those that come from the same build.</param>
/// <param name="Notes">What is worth knowing and needs nobody.</param>
/// <param name="Changes">The last changes, the newest first.</param>
internal sealed record FederationExplanation(
    string State,
    string? Generation,
    DateTimeOffset? Since,
    string? Refusal,
    string Filter,
    MapFacts Map,
    int ExtraCopies,
    long ExtraBytes,
    ImmutableArray<FederationProblem> Problems,
    ImmutableArray<FederationService> Services,
    ImmutableArray<FederationPackage> Packages,
    ImmutableArray<FederationProblem> Notes,
    ImmutableArray<FederationChange> Changes);

/// <summary>The map's size before compression.</summary>
internal sealed record MapFacts(int Bytes, int Entries, int Scopes, int Hashes);

/// <summary>Something to act on, or to know: its level is <c>error</c>, <c>warning</c> or <c>info</c>.</summary>
internal sealed record FederationProblem(string Level, string Code, string? Service, string? Package, string? Unit, string Says);

/// <summary>
/// A service. Its state is <c>fresh</c>, <c>stale</c> (its last good manifest counts), <c>expired</c> (no more), or <c>not seen</c>
/// since the gateway started. Its trouble is why the last look at its manifest brought nothing that counts.
/// </summary>
internal sealed record FederationService(
    string Name,
    string State,
    DateTimeOffset? LastSeen,
    string? Trouble,
    bool? AssetsUp,
    bool Host,
    bool Withheld,
    string? Revision,
    DateTimeOffset? BuiltAt,
    ImmutableArray<RetainedRevision> Retained,
    int Exposes,
    int Shares,
    bool Matches);

/// <summary>A revision that pages made earlier still use.</summary>
internal sealed record RetainedRevision(string Revision, DateTimeOffset? Replaced);

/// <summary>A package, or several from one build, and what became of it. Its level is that of the worst that is said of it.</summary>
internal sealed record FederationPackage(
    string Unit,
    string Scope,
    ImmutableArray<string> Packages,
    string Level,
    string? Version,
    string? Provider,
    string Reason,
    string Why,
    int ExtraCopies,
    long ExtraBytes,
    ImmutableArray<FederationOffer> Offers,
    ImmutableArray<FederationConsumer> Consumers,
    bool Matches);

/// <summary>One offer; its cost is null when it may not win.</summary>
internal sealed record FederationOffer(string Provider, string Version, bool Wins, UnitCost? Cost, string? Ineligible, long? Bytes, string Says);

/// <summary>What one service runs on; the bytes are what that costs beside the winner.</summary>
internal sealed record FederationConsumer(
    string Service, bool Retained, string Range, string Outcome, string? Provider, long? ExtraBytes, string Level, string Says);
