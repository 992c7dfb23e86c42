using Stitcher.Federation.Negotiation;

namespace Stitcher.Federation;

/// <summary>Codes of everything that can be said about manifests and their negotiation. A code keeps its meaning for ever.</summary>
public static class FederationCodes
{
    /// <summary>A service names no range for a package; the one of its own version is taken.</summary>
    public const string RangeDefaulted = "FED101";

    /// <summary>A service brings along a version outside its own range; it still accepts it, for it was built with it.</summary>
    public const string OwnVersionOutsideRange = "FED102";

    /// <summary>Some services call a package a singleton, others do not.</summary>
    public const string SingletonFlagsDisagree = "FED103";

    /// <summary>A service keeps its own copy of a package beside the winner.</summary>
    public const string SecondCopy = "FED110";

    /// <summary>A service runs another service's copy that is not the winner.</summary>
    public const string BorrowedCopy = "FED111";

    /// <summary>A service cannot share because the winner lacks a package or an entry it needs.</summary>
    public const string WinnerLacksPart = "FED112";

    /// <summary>A service cannot share because the winner runs on another copy of a dependency than the service.</summary>
    public const string FollowsDependency = "FED113";

    /// <summary>A service does not answer; its last good manifest counts.</summary>
    public const string LastKnownGood = "FED120";

    /// <summary>An offer cannot win because its provider runs its own copy of a dependency.</summary>
    public const string OfferIsolated = "FED121";

    /// <summary>An offer cannot win because a rule keeps its provider from serving the package.</summary>
    public const string ProviderNotAllowed = "FED122";

    /// <summary>Packages that require each other are taken from one build.</summary>
    public const string CycleJoined = "FED130";

    /// <summary>A retained revision keeps its own copy.</summary>
    public const string RetainedCopy = "FED140";

    /// <summary>A service runs on a version outside its range.</summary>
    public const string Forced = "FED201";

    /// <summary>A version is none; the service provides nothing of the package.</summary>
    public const string BadVersion = "FED210";

    /// <summary>A range is none; the one of its own version is taken.</summary>
    public const string BadRange = "FED211";

    /// <summary>Nobody offers the pinned version.</summary>
    public const string PinNotOffered = "FED212";

    /// <summary>An offer cannot win because its version is banned or below the floor.</summary>
    public const string BannedOrBelowFloor = "FED213";

    /// <summary>A manifest is too old to count.</summary>
    public const string ManifestExpired = "FED220";

    /// <summary>An offer cannot win because its provider's files cannot be fetched.</summary>
    public const string AssetsDown = "FED221";

    /// <summary>What a service exposes is withheld because its files cannot be fetched.</summary>
    public const string ExposesWithheld = "FED222";

    /// <summary>A service listens to a topic that nobody publishes.</summary>
    public const string TopicUnpublished = "FED230";

    /// <summary>Services give one topic values of different forms.</summary>
    public const string TopicSchemasDiffer = "FED231";

    /// <summary>A topic's last value is kept by some and not by others, or not kept although somebody counts on it.</summary>
    public const string TopicRetentionDiffers = "FED232";

    /// <summary>A singleton runs in two copies.</summary>
    public const string SingletonSplit = "FED301";

    /// <summary>A service is taken out because its range refuses the winner.</summary>
    public const string Quarantined = "FED302";

    /// <summary>A service finds no copy it can run on.</summary>
    public const string NothingAcceptable = "FED303";

    /// <summary>An offer cannot win because a package it requires is missing or out of range.</summary>
    public const string OfferUnsatisfied = "FED310";

    /// <summary>A service runs a copy whose requirements are not met.</summary>
    public const string OwnCopyUnsatisfied = "FED311";

    /// <summary>A file's path leaves the manifest's base, or cannot be a path.</summary>
    public const string PathEscapesBase = "FED330";

    /// <summary>A specifier that a service may not map: empty, like an address, or outside its package.</summary>
    public const string IllegalSpecifier = "FED331";

    /// <summary>A specifier ends in a slash and its file does not, or the other way round.</summary>
    public const string SlashMismatch = "FED332";

    /// <summary>An exposed name equals a package's name or stands below it.</summary>
    public const string ExposeCollides = "FED333";

    /// <summary>One key is exposed twice; the first one counts.</summary>
    public const string DuplicateExpose = "FED334";

    /// <summary>A part has a form that the format does not know.</summary>
    public const string MalformedPart = "FED335";

    /// <summary>The manifest cannot be read at all.</summary>
    public const string Unreadable = "FED336";

    /// <summary>The manifest is written in a version of the format that is not understood.</summary>
    public const string UnknownSchema = "FED337";

    /// <summary>The manifest is larger than what is accepted.</summary>
    public const string TooLarge = "FED338";

    /// <summary>A service needs a module that nobody exposes.</summary>
    public const string ConsumedMissing = "FED340";

    /// <summary>A module that others import is withheld or gone; a stand-in takes its place.</summary>
    public const string StubInUse = "FED341";

    /// <summary>A file imports a package that nothing provides.</summary>
    public const string UnresolvedImport = "FED342";

    /// <summary>A file's bytes changed, and the revision did not.</summary>
    public const string BytesChanged = "FED343";

    /// <summary>How much a code matters: 1xx is worth knowing, 2xx a warning, 3xx an error.</summary>
    /// <param name="code">One of these codes.</param>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static DiagnosticLevel LevelOf(string code) =>
        code is ['F', 'E', 'D', '1' or '2' or '3', _, _]
            ? (DiagnosticLevel)(code[3] - '1')
            : throw new ArgumentException($"'{code}' is no code of the federation; expected one such as FED201.", nameof(code));
}
