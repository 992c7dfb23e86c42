using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads Podium's <c>manifest.json</c>: one fragment, its fallback, styles and modules. It shares nothing.</summary>
internal sealed class PodiumReader(ManifestParts parts, ServiceManifest empty)
{
    public ServiceManifest? Read(JsonElement root)
    {
        var content = Fragment(root, "content");
        if (content is null)
        {
            parts.Refuse(FederationCodes.MalformedPart, "content", "\"content\" must be a path on the service such as /.");
            return null;
        }

        var css = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, subject) in parts.Objects(root, "css", "css"))
        {
            if (Asset(item, subject) is { } file)
            {
                css.Add(file);
            }
        }

        var exposes = ImmutableArray.CreateBuilder<ExposedModule>();
        exposes.Add(new ExposedModule { Key = "./content", Fragment = content, Css = css.ToImmutable() });
        if (Fragment(root, "fallback") is { } fallback)
        {
            exposes.Add(new ExposedModule { Key = "./fallback", Fragment = fallback });
        }

        return empty with
        {
            Revision = parts.Text(root, "version", "version", ManifestParts.MaxName) ?? empty.Revision,
            Modules = Scripts(root, exposes),
            Exposes = exposes.ToImmutable(),
        };
    }

    private ImmutableSortedDictionary<string, ModuleFile> Scripts(JsonElement root, ImmutableArray<ExposedModule>.Builder exposes)
    {
        var modules = OrdinalMap.Builder<ModuleFile>();
        foreach (var (item, subject) in parts.Objects(root, "js", "js"))
        {
            if (Asset(item, subject) is not { } file || modules.ContainsKey(file))
            {
                continue;
            }

            modules[file] = new ModuleFile
            {
                Integrity = item.TryGetProperty("integrity", out var hash) ? parts.Hash(hash, $"{subject}.integrity") : null,
            };

            // Only a module can be imported; a classic script is for the page to place.
            if (item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("module"))
            {
                if (ManifestRules.IsExposeKey("./" + file))
                {
                    exposes.Add(new ExposedModule { Key = "./" + file, Module = file });
                }
            }
        }

        return modules.ToImmutable();
    }

    // Podium writes paths on the service; ours are relative to the base.
    private string? Asset(JsonElement item, string subject)
    {
        if (parts.Text(item, "value", $"{subject}.value", ManifestParts.MaxPath) is not { } path)
        {
            return null;
        }

        var file = path.StartsWith(empty.Base, StringComparison.Ordinal) ? path[empty.Base.Length..] : path;
        if (ManifestRules.IsFile(file))
        {
            return file;
        }

        parts.RefusePath($"{subject}.value", path);
        return null;
    }

    private string? Fragment(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || (value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
        {
            return null;
        }

        var path = parts.Text(root, name, name, ManifestParts.MaxPath);
        if (path is null || ManifestRules.IsFragmentPath(path))
        {
            return path;
        }

        parts.RefusePath(name, path);
        return null;
    }
}
