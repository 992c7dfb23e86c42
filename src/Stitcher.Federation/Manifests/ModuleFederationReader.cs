using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads Module Federation's <c>mf-manifest.json</c>: an inventory. Its code lives in a container of its own and is not offered to others.</summary>
internal sealed class ModuleFederationReader(ManifestParts parts, ServiceManifest empty)
{
    public ServiceManifest Read(JsonElement root)
    {
        if (parts.TryObject(root, "metaData", "metaData", out var about) && about.TryGetProperty("getPublicPath", out _))
        {
            parts.Refuse(FederationCodes.MalformedPart, "metaData.getPublicPath", "It is code in a text and is not run; the manifest's own folder is taken.");
        }

        var files = OrdinalMap.Builder<ModuleFile>();
        var exposes = Exposes(root, files);
        return empty with
        {
            Revision = Revision(about) ?? empty.Revision,
            Exposes = exposes,
            Consumes = Consumes(root),
            Inventory = Inventory(root),
            Modules = files.ToImmutable(),
        };
    }

    private string? Revision(JsonElement about)
    {
        if (about.ValueKind != JsonValueKind.Object || !parts.TryObject(about, "buildInfo", "metaData.buildInfo", out var build))
        {
            return null;
        }

        return parts.Text(build, "hash", "metaData.buildInfo.hash", ManifestParts.MaxName);
    }

    private ImmutableArray<ExposedModule> Exposes(JsonElement root, ImmutableSortedDictionary<string, ModuleFile>.Builder files)
    {
        var exposes = ImmutableArray.CreateBuilder<ExposedModule>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, subject) in parts.Objects(root, "exposes", "exposes"))
        {
            var key = parts.Text(item, "path", $"{subject}.path", ManifestParts.MaxName);
            if (!ManifestRules.IsExposeKey(key))
            {
                parts.RefuseKey($"{subject}.path", key);
            }
            else if (!keys.Add(key!))
            {
                parts.Refuse(FederationCodes.DuplicateExpose, $"{subject}.path", $"'{key}' is exposed twice; the first one counts.");
            }
            else
            {
                var css = ImmutableArray<string>.Empty;
                if (parts.TryObject(item, "assets", $"{subject}.assets", out var assets))
                {
                    css = Assets(assets, "css", $"{subject}.assets");
                    foreach (var file in Assets(assets, "js", $"{subject}.assets"))
                    {
                        files[file] = new ModuleFile();
                    }
                }

                exposes.Add(new ExposedModule { Key = key!, Css = css });
            }
        }

        return exposes.ToImmutable();
    }

    private ImmutableArray<string> Assets(JsonElement assets, string kind, string subject) =>
        parts.TryObject(assets, kind, $"{subject}.{kind}", out var ways)
            ? parts.Texts(ways, "sync", $"{subject}.{kind}.sync", static (file, where) =>
                ManifestRules.IsFile(file) ? null : ManifestParts.PathProblem(where, file))
            : [];

    private ImmutableArray<ConsumedService> Consumes(JsonElement root)
    {
        var consumed = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (item, subject) in parts.Objects(root, "remotes", "remotes"))
        {
            var service = parts.Text(item, "federationContainerName", $"{subject}.federationContainerName", ManifestParts.MaxName);
            var module = parts.Text(item, "moduleName", $"{subject}.moduleName", ManifestParts.MaxName);
            if (service is not null && ManifestRules.IsExposeKey("./" + module))
            {
                if (!consumed.TryGetValue(service, out var keys))
                {
                    consumed.Add(service, keys = new SortedSet<string>(StringComparer.Ordinal));
                }

                keys.Add("./" + module);
            }
        }

        // Its own runtime looks for them, and copes when they are not there.
        return [.. consumed.Select(static pair => new ConsumedService { Service = pair.Key, Exposes = [.. pair.Value], Optional = true })];
    }

    private ImmutableArray<SharedPackage> Inventory(JsonElement root)
    {
        var packages = ImmutableArray.CreateBuilder<SharedPackage>();
        foreach (var (item, subject) in parts.Objects(root, "shared", "shared"))
        {
            var package = parts.Text(item, "name", $"{subject}.name", ManifestParts.MaxName);
            if (!ManifestRules.IsSpecifier(package))
            {
                parts.Refuse(
                    FederationCodes.IllegalSpecifier, $"{subject}.name", $"'{ManifestParts.Short(package)}' is no package's name; expected one such as react.");
                continue;
            }

            packages.Add(new SharedPackage
            {
                Package = package!,
                Version = parts.Text(item, "version", $"{subject}.version", ManifestParts.MaxName),
                RequiredVersion = item.TryGetProperty("requiredVersion", out var range) && range.ValueKind == JsonValueKind.String
                    ? parts.Text(item, "requiredVersion", $"{subject}.requiredVersion", ManifestParts.MaxName)
                    : null,
                Singleton = parts.Flag(item, "singleton", $"{subject}.singleton", false),
                Provide = false,
            });
        }

        return packages.ToImmutable();
    }
}
