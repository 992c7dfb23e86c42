using System.Text;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Tests.Manifests;

/// <summary>Manifests as services send them.</summary>
internal static class ManifestJson
{
    /// <summary>One of everything the format knows.</summary>
    public const string Full = """
        {
          "schema": 1,
          "name": "products",
          "revision": "2026.11.22-ab12cd",
          "builtAt": "2026-11-22T10:00:00Z",
          "base": "/assets/",
          "exposes": [{
            "key": "./ProductCard", "category": "component",
            "module": "ProductCard-9f2c.js", "exports": ["default", "format"],
            "element": "product-card", "fragment": "/fragments/product-card/{id}",
            "css": ["card-1a.css", "sub/theme.css"], "hydrate": "visible",
            "public": true, "parameters": ["size"] }],
          "consumes": [{ "service": "users", "exposes": ["./UserProfile"], "optional": true }],
          "shared": [{
            "package": "svelte", "version": "5.1.3", "requiredVersion": "^5.0.0",
            "singleton": true, "strictVersion": true, "eager": true,
            "shareScope": "team-a", "family": "svelte", "provide": false, "import": false, "dedupe": false,
            "entries": { "svelte": "svelte-8a.js", "svelte/internal/": "internal/" },
            "requires": { "esm-env": "^1.0.0" } }],
          "internal": { "#util": "util-3c.js" },
          "modules": { "ProductCard-9f2c.js": {
            "integrity": "sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC",
            "bytes": 5120, "imports": ["svelte/internal/client", "./chunk-1.js"] } },
          "events": { "publishes": [{ "topic": "cart:changed", "retained": true, "schema": "number" }],
                      "subscribes": ["user:changed"] }
        }
        """;

    /// <summary>A small manifest with one part replaced or added.</summary>
    public static string With(string part, string json)
    {
        var parts = new Dictionary<string, string>
        {
            ["schema"] = "1",
            ["name"] = "\"shop\"",
            ["revision"] = "\"r1\"",
            ["base"] = "\"/assets/\"",
            [part] = json,
        };
        return $"{{{string.Join(", ", parts.Select(static pair => $"\"{pair.Key}\": {pair.Value}"))}}}";
    }

    public static ServiceManifest? Read(string json, out IReadOnlyList<ManifestProblem> problems)
    {
        var manifest = StitcherManifest.Read(Encoding.UTF8.GetBytes(json), out var found);
        problems = found;
        return manifest;
    }
}
