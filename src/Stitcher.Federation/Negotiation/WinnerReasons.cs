namespace Stitcher.Federation.Negotiation;

/// <summary>Why an offer won its unit, in the words that decisions use.</summary>
public static class WinnerReasons
{
    /// <summary>Nobody else could win.</summary>
    public const string OnlyOffer = "only-offer";

    /// <summary>The operator pinned its version.</summary>
    public const string Pin = "pin";

    /// <summary>It is the host's.</summary>
    public const string Host = "host";

    /// <summary>It is the highest version.</summary>
    public const string Highest = "highest";

    /// <summary>A higher version would be refused by more services.</summary>
    public const string FewestRefusals = "fewest-refusals";

    /// <summary>It won the last time, too.</summary>
    public const string Sticky = "sticky";

    /// <summary>A higher version would bring more copies into the pages.</summary>
    public const string FewestCopies = "fewest-copies";

    /// <summary>Higher versions are prereleases.</summary>
    public const string StableFirst = "stable-first";

    /// <summary>All offer the same version, and it brings along more of what others need.</summary>
    public const string Coverage = "coverage";

    /// <summary>All offer the same, and it stands first by host, trust, freshness, entries and name.</summary>
    public const string ProviderOrder = "provider-order";

    /// <summary>Nobody could win.</summary>
    public const string NoEligibleOffer = "no-eligible-offer";
}
