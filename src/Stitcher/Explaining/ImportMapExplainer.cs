using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Browser;
using Stitcher.Federation.Manifests;
using Stitcher.Manifests;

namespace Stitcher.Explaining;

/// <summary>Says of every entry of a page's import map which service's manifest it comes from.</summary>
internal static class ImportMapExplainer
{
    /// <param name="element">The script element as it stands in the page; empty for a page without a map.</param>
    /// <param name="federation">What the services offer.</param>
    public static ImmutableArray<ImportMapEntry> Explain(ReadOnlyMemory<byte> element, FederationSnapshot federation)
    {
        var start = element.Span.IndexOf((byte)'{');
        var end = element.Span.LastIndexOf((byte)'}');
        if (start < 0 || end < start)
        {
            return [];
        }

        using var map = JsonDocument.Parse(element[start..(end + 1)]);
        var entries = ImmutableArray.CreateBuilder<ImportMapEntry>();
        if (map.RootElement.TryGetProperty("imports", out var imports))
        {
            Add(entries, null, imports, federation);
        }

        if (map.RootElement.TryGetProperty("scopes", out var scopes))
        {
            foreach (var scope in scopes.EnumerateObject())
            {
                Add(entries, scope.Name, scope.Value, federation);
            }
        }

        return entries.ToImmutable();
    }

    private static void Add(ImmutableArray<ImportMapEntry>.Builder entries, string? scope, JsonElement specifiers, FederationSnapshot federation)
    {
        foreach (var specifier in specifiers.EnumerateObject())
        {
            var address = specifier.Value.GetString() ?? "";
            var service = ServiceOf(address, federation);
            var manifest = service is null ? null : federation.Manifests.GetValueOrDefault(service);
            entries.Add(new ImportMapEntry(scope, specifier.Name, address, service, manifest?.Revision, Why(scope, specifier.Name, service, manifest, federation)));
        }
    }

    // Browsers reach every service's files below a path that has its name.
    private static string? ServiceOf(string address, FederationSnapshot federation) =>
        federation.Manifests.Keys.FirstOrDefault(name => address.StartsWith($"/_s/{name}/", StringComparison.Ordinal));

    private static string Why(string? scope, string specifier, string? service, ServiceManifest? manifest, FederationSnapshot federation)
    {
        if (manifest is null)
        {
            return RuntimeModules.All.Any(module => module.Specifier == specifier) ? "The gateway's own." : "No manifest names it any more.";
        }

        if (scope is not null)
        {
            return $"For files of {service} only.";
        }

        if (manifest.Exposes.Any(e => $"{service}/{e.Name}" == specifier))
        {
            return "Exposed by the service.";
        }

        if (manifest.Shared.FirstOrDefault(s => s.Entries.ContainsKey(specifier)) is not { } shared)
        {
            return "Named by the manifest.";
        }

        var others = federation.Manifests
            .Where(m => m.Key != service)
            .SelectMany(m => m.Value.Shared.Where(s => s.Package == shared.Package && s.Version is not null).Select(s => $"{s.Version} of {m.Key}"))
            .Order(StringComparer.Ordinal)
            .ToList();
        return others.Count == 0
            ? $"Shared package {shared.Package} {shared.Version}; nobody else offers it."
            : $"Shared package {shared.Package} {shared.Version}; others offer {string.Join(", ", others)}.";
    }
}
