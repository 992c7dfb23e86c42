namespace Stitcher.Configuration;

/// <summary>A secret by which somebody may purge remembered fragments and push manifests.</summary>
public sealed class ManagementTokenOptions
{
    /// <summary>Whose it is; the log names it with each purge and each manifest.</summary>
    public string Name { get; set; } = "";

    /// <summary>The secret: sent as <c>Authorization: Bearer …</c>. Give it by an environment variable (<c>Stitcher__Management__Tokens__0__Token</c>), or use <see cref="TokenFile"/>.</summary>
    /// <value>16 to 256 printable ASCII characters without blanks. Default: none. Outside the environment <c>Development</c> it is refused in a settings file.</value>
    public string? Token { get; set; }

    /// <summary>A file that holds the secret and nothing else, such as a mounted one. It is read when the configuration is.</summary>
    /// <value>A path relative to the working folder, or an absolute one. Default: none.</value>
    public string? TokenFile { get; set; }

    /// <summary>The services whose fragments may be purged, and whose manifests may be pushed, with it.</summary>
    /// <value>Names of services. Default: none; <c>*</c> means every service.</value>
    public IList<string> Services { get; } = [];
}
