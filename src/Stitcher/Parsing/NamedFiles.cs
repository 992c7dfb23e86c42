using System.Collections.Frozen;

namespace Stitcher.Parsing;

/// <summary>
/// The files that a service's manifest names. They are told apart by their revision in every address, for a module is another module at
/// another address: one that the import map leads to and a fragment's own HTML, too, would run twice.
/// </summary>
/// <param name="Base">The folder of the files on the service.</param>
/// <param name="PublicBase">Where browsers find it.</param>
/// <param name="Paths">The files, by their paths below the folder.</param>
internal sealed record NamedFiles(string Base, string PublicBase, FrozenSet<string> Paths)
{
    public string? AddressOf(string pathAndQuery) =>
        pathAndQuery.StartsWith(Base, StringComparison.Ordinal) && Paths.Contains(pathAndQuery[Base.Length..]) ? PublicBase + pathAndQuery[Base.Length..] : null;
}
