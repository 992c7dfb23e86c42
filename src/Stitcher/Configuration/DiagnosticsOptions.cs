namespace Stitcher.Configuration;

/// <summary>What callers may be told about how a page was made.</summary>
public sealed class DiagnosticsOptions
{
    /// <summary>The secret by which a caller is told, in <c>Server-Timing</c>, how long each slot of a page took: sent as header <c>Stitcher-Debug</c>.</summary>
    /// <value>16 to 256 printable ASCII characters without blanks. Default: none, nobody is told. A page that was told about is kept by nobody.</value>
    public string? Token { get; set; }
}
