using System.Collections.Immutable;

namespace Stitcher.Federation.Negotiation;

/// <summary>Reads a portfolio's config.</summary>
internal static class PolicyReader
{
    public static (NegotiationPolicy Policy, ImmutableSortedDictionary<string, PreviousWinner> Previous) Read(JsonPlace? config)
    {
        if (config is null)
        {
            return (NegotiationPolicy.Default, OrdinalMap.Empty<PreviousWinner>());
        }

        var policy = new NegotiationPolicy
        {
            Strategy = config.Optional("strategy")?.OneOf(WinnerStrategy.Highest, WinnerStrategy.Sticky) ?? WinnerStrategy.Highest,
            SingletonConflict = Conflict(config) ?? SingletonConflict.Isolate,
            SoftLimitMajor = config.Optional("softLimit")?.Word("none", "major") == "major",
            HostPrecedence = config.Optional("hostPrecedence")?.Flag() ?? true,
            FamilyPerNpmScope = config.Optional("autoFamily")?.Flag() ?? false,
            StubBase = config.Optional("stubBase")?.Text(),
            ProviderRules = [.. config.ItemsOf("providerRules").Select(static rule => new ProviderRule(
                rule.Required("package").Text(), [.. rule.Required("allow").Items().Select(static name => name.Text())]))],
            Overrides = OrdinalMap.Of(config.PropertiesOf("overrides").Select(static pair => KeyValuePair.Create(pair.Name, Override(pair.Value)))),
        };
        var previous = config.PropertiesOf("previous").Select(static pair => KeyValuePair.Create(
            pair.Name,
            new PreviousWinner(OrdinalMap.Of(pair.Value.PropertiesOf("versions").Select(static version =>
                KeyValuePair.Create(version.Name, version.Value.Text()))))));
        return (policy, OrdinalMap.Of(previous));
    }

    private static PackageOverride Override(JsonPlace wish) => new()
    {
        Pin = Version(wish.Optional("pin")),
        Floor = Range(wish.Optional("floor")),
        Ban = [.. wish.ItemsOf("ban").Select(static banned => Range(banned)!)],
        SingletonConflict = Conflict(wish),
    };

    private static SingletonConflict? Conflict(JsonPlace place) =>
        place.Optional("singletonConflict")?.OneOf(SingletonConflict.Isolate, SingletonConflict.Quarantine);

    // A floor that is overlooked because of a slip of the pen would be worse than a file that is refused.
    private static string? Range(JsonPlace? place) =>
        place is null || Versions.VersionRange.TryParseNpm(place.Text(), out _)
            ? place?.Text()
            : throw place.Wrong("an npm range such as >=3.2.4 was expected");

    private static string? Version(JsonPlace? place) =>
        place is null || Versions.PackageVersion.TryParse(place.Text(), out _)
            ? place?.Text()
            : throw place.Wrong("a version such as 5.1.3 was expected");
}
