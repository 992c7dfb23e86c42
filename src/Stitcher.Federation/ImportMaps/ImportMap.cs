using System.Buffers;
using System.Collections.Immutable;

namespace Stitcher.Federation.ImportMaps;

/// <summary>An import map as browsers read it. Immutable, every part in ordinal order of its keys.</summary>
public sealed class ImportMap
{
    /// <summary>Makes a map; later pairs replace earlier ones with the same key.</summary>
    /// <param name="imports">Specifiers to addresses, for the whole page. Null is empty.</param>
    /// <param name="scopes">Address prefixes (ending in a slash) to specifiers and addresses. Null is empty.</param>
    /// <param name="integrity">Addresses to hashes. Null is empty.</param>
    public ImportMap(
        IEnumerable<KeyValuePair<string, string>>? imports = null,
        IEnumerable<KeyValuePair<string, ImmutableSortedDictionary<string, string>>>? scopes = null,
        IEnumerable<KeyValuePair<string, string>>? integrity = null)
    {
        Imports = OrdinalMap.Of(imports);
        Scopes = OrdinalMap.Of(scopes?.Select(static scope => KeyValuePair.Create(scope.Key, OrdinalMap.Of(scope.Value))));
        Integrity = OrdinalMap.Of(integrity);
    }

    /// <value>The map without any entry, written <c>{"imports":{}}</c>.</value>
    public static ImportMap Empty { get; } = new();

    /// <value>Specifiers to addresses, for the whole page.</value>
    public ImmutableSortedDictionary<string, string> Imports { get; }

    /// <value>Address prefixes to the specifiers that mean something else in files below them.</value>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Scopes { get; }

    /// <value>Addresses to the hashes browsers check.</value>
    public ImmutableSortedDictionary<string, string> Integrity { get; }

    /// <value>True when nothing is mapped.</value>
    public bool IsEmpty => Imports.IsEmpty && Scopes.IsEmpty && Integrity.IsEmpty;

    /// <summary>Writes the map as UTF-8 JSON that may stand inside a <c>script</c> element. Equal maps give equal bytes.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        ImportMapWriter.Write(this, output);
    }

    /// <summary>The bytes that <see cref="WriteTo"/> writes.</summary>
    public byte[] ToUtf8Bytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
