namespace Stitcher.Federation;

/// <summary>Codes of everything that can be said about manifests and their negotiation. A code keeps its meaning for ever.</summary>
public static class FederationCodes
{
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
}
