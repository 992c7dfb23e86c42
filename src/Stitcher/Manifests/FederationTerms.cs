using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Configuration;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>What the operator wants of the federation, decided ahead.</summary>
internal sealed record FederationTerms
{
    private static readonly TimeSpan ShortestFreshness = TimeSpan.FromSeconds(30);

    public static FederationTerms Usual { get; } = From(new StitcherOptions { Federation = { Runtime = false } });

    /// <summary>The settings as one text: equal texts are equal terms.</summary>
    public required string Settings { get; init; }

    public required NegotiationPolicy Policy { get; init; }

    /// <summary>How long after a look a service counts as seen.</summary>
    public required TimeSpan FreshFor { get; init; }

    public required TimeSpan LastKnownGood { get; init; }

    public required TimeSpan Retention { get; init; }

    public required string? Host { get; init; }

    /// <summary>The services' trust levels as tiers, for who may serve whom.</summary>
    public required FrozenDictionary<string, int> Tiers { get; init; }

    public required RevisionHold Hold { get; init; }

    public required bool IntegrityPolicy { get; init; }

    public required int WholeMapEntries { get; init; }

    /// <summary>Pages start the gateway's own browser modules.</summary>
    public required bool Runtime { get; init; }

    public static FederationTerms From(StitcherOptions options)
    {
        var federation = options.Federation;
        var threeLooks = 3 * (federation.PollInterval + federation.PollTimeout);
        return new FederationTerms
        {
            Settings = JsonSerializer.Serialize(federation) + string.Join(' ', options.Services.Select(s => $"{s.Name}={s.Trust}")),
            Policy = PolicyOf(federation),
            FreshFor = threeLooks > ShortestFreshness ? threeLooks : ShortestFreshness,
            LastKnownGood = federation.LastKnownGood,
            Retention = federation.Retention,
            Host = federation.Host,
            Tiers = options.Services.DistinctBy(s => s.Name).ToFrozenDictionary(s => s.Name, s => (int)s.Trust, StringComparer.Ordinal),
            Hold = new RevisionHold(federation),
            IntegrityPolicy = federation.IntegrityPolicy,
            WholeMapEntries = federation.WholeMapEntries,
            Runtime = federation.Runtime,
        };
    }

    private static NegotiationPolicy PolicyOf(FederationOptions federation) => NegotiationPolicy.Default with
    {
        Strategy = federation.Strategy == WinnerChoice.Sticky ? WinnerStrategy.Sticky : WinnerStrategy.Highest,
        SingletonConflict = ConflictOf(federation.StrictConflict) ?? SingletonConflict.Isolate,
        SoftLimitMajor = federation.SoftLimitMajor,
        HostPrecedence = federation.HostPrecedence,
        FamilyPerNpmScope = federation.FamilyPerScope,
        StubBase = StubModule.Folder,
        ProviderRules = [.. federation.Providers.Select(rule => new ProviderRule(rule.Package, [.. rule.Allow]))],
        Overrides = federation.Packages.DistinctBy(p => p.Name).ToImmutableSortedDictionary(
            package => package.Name,
            package => new PackageOverride
            {
                Pin = package.Pin,
                Floor = package.Floor,
                Ban = [.. package.Ban],
                SingletonConflict = ConflictOf(package.StrictConflict),
            },
            StringComparer.Ordinal),
    };

    private static SingletonConflict? ConflictOf(StrictConflict conflict) => conflict switch
    {
        StrictConflict.Isolate or StrictConflict.Hold => SingletonConflict.Isolate,
        StrictConflict.Quarantine => SingletonConflict.Quarantine,
        _ => null,
    };
}
