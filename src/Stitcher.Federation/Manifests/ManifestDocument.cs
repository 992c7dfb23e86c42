using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace Stitcher.Federation.Manifests;

/// <summary>Opens bytes that nobody vouches for, within limits, and hands their root to a reader of some format.</summary>
internal static class ManifestDocument
{
    public static ServiceManifest? Read(
        ReadOnlyMemory<byte> utf8, out ImmutableArray<ManifestProblem> problems, Func<JsonElement, ManifestParts, ServiceManifest?> read)
    {
        var parts = new ManifestParts();
        var manifest = Read(utf8, parts, read);
        problems = [.. parts.Problems];
        return manifest;
    }

    private static ServiceManifest? Read(ReadOnlyMemory<byte> utf8, ManifestParts parts, Func<JsonElement, ManifestParts, ServiceManifest?> read)
    {
        if (utf8.Length > StitcherManifest.MaxBytes)
        {
            parts.Refuse(FederationCodes.TooLarge, "", $"The manifest has {utf8.Length} bytes; at most {StitcherManifest.MaxBytes} are read.");
            return null;
        }

        // A service written with a byte order mark is no reason to lose it.
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        // The parser looks at escapes and bytes inside text only when the text is taken, and then throws.
        if (!Utf8.IsValid(utf8.Span))
        {
            parts.Refuse(FederationCodes.Unreadable, "", "The manifest is not UTF-8.");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8, new JsonDocumentOptions { MaxDepth = StitcherManifest.MaxDepth, AllowDuplicateProperties = false });
            if (!parts.FitsLimit(document.RootElement))
            {
                return null;
            }

            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return read(document.RootElement, parts);
            }

            parts.Refuse(FederationCodes.Unreadable, "", "The manifest is not a JSON object.");
        }
        catch (JsonException exception)
        {
            parts.Refuse(FederationCodes.Unreadable, "", $"The manifest is not readable as JSON: {exception.Message}");
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair in a property's name.
            parts.Refuse(FederationCodes.Unreadable, "", "The manifest holds text that is not Unicode.");
        }

        return null;
    }
}
