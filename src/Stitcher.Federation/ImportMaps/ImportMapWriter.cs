using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.ImportMaps;

/// <summary>Writes an import map so that no specifier of a service can close the element it stands in.</summary>
internal static class ImportMapWriter
{
    // The default encoder escapes <, >, &, ', U+2028 and U+2029; the relaxed one, and ASP.NET Core's own import map, do not.
    private static readonly JsonWriterOptions Options = new() { Indented = false };

    public static void Write(ImportMap map, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        if (!map.Imports.IsEmpty || map.IsEmpty)
        {
            WritePart(json, "imports", map.Imports);
        }

        if (!map.Scopes.IsEmpty)
        {
            json.WriteStartObject("scopes");
            foreach (var (prefix, specifiers) in map.Scopes)
            {
                WritePart(json, prefix, specifiers);
            }

            json.WriteEndObject();
        }

        if (!map.Integrity.IsEmpty)
        {
            WritePart(json, "integrity", map.Integrity);
        }

        json.WriteEndObject();
    }

    private static void WritePart(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string> pairs)
    {
        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
