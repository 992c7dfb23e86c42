using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>Who sent a fragment's bytes, as far as their meaning depends on it.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Trust">What its markup may do.</param>
/// <param name="Nested">Whether its fragments may have slots of their own.</param>
/// <param name="Path">The fragment's path on the service, against which its path-relative addresses are resolved.</param>
internal sealed record FragmentOrigin(string Service, TrustLevel Trust, string Path, bool Nested = false)
{
    /// <summary>Where browsers reach the service's own files.</summary>
    public string PublicBase { get; } = "/_s/" + Service;

    /// <summary>Files that have an address of their own; null when none have.</summary>
    public NamedFiles? Named { get; init; }

    /// <summary>Where browsers find a path of the service.</summary>
    public string AddressOf(string pathAndQuery) => Named?.AddressOf(pathAndQuery) ?? PublicBase + pathAndQuery;
}
