using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Federation.Versions;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads Native Federation's <c>remoteEntry.json</c>: version 3, and version 4 with one row per specifier or one per package.</summary>
internal sealed class NativeFederationReader(ManifestParts parts, ServiceManifest empty)
{
    // Chunks of the remote itself, which no row of shared packages names.
    private const string OwnChunks = "mapping-or-exposed";
    private const string ChunkPrefix = "@nf-internal/";

    private readonly SortedDictionary<string, string> _internal = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bundles = new(StringComparer.Ordinal) { OwnChunks };
    private readonly SortedSet<string> _files = new(StringComparer.Ordinal);

    public ServiceManifest Read(JsonElement root)
    {
        var exposes = Exposes(root);
        var shared = Shared(root);
        Chunks(root);
        return empty with { Exposes = exposes, Shared = shared, Internal = OrdinalMap.Of(_internal), Modules = Modules(root) };
    }

    private ImmutableArray<ExposedModule> Exposes(JsonElement root)
    {
        var exposes = ImmutableArray.CreateBuilder<ExposedModule>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, subject) in parts.Objects(root, "exposes", "exposes"))
        {
            var key = parts.Text(item, "key", $"{subject}.key", ManifestParts.MaxName);
            if (!ManifestRules.IsExposeKey(key))
            {
                parts.RefuseKey($"{subject}.key", key);
            }
            else if (parts.File(item, "outFileName", $"{subject}.outFileName") is { } file)
            {
                if (keys.Add(key!))
                {
                    _files.Add(file);
                    exposes.Add(new ExposedModule
                    {
                        Key = key!,
                        Module = file,
                        Element = parts.Text(
                            item, "element", $"{subject}.element", ManifestParts.MaxName, ManifestRules.IsElementName, "the name of a custom element"),
                    });
                }
                else
                {
                    parts.Refuse(FederationCodes.DuplicateExpose, $"{subject}.key", $"'{key}' is exposed twice; the first one counts.");
                }
            }
        }

        return exposes.ToImmutable();
    }

    private ImmutableArray<SharedPackage> Shared(JsonElement root)
    {
        var rows = new List<SharedPackage>();
        foreach (var (item, subject) in parts.Objects(root, "shared", "shared"))
        {
            var name = parts.Text(item, "packageName", $"{subject}.packageName", ManifestParts.MaxName);
            if (!ManifestRules.IsSpecifier(name) || name!.EndsWith('/'))
            {
                parts.Refuse(
                    FederationCodes.IllegalSpecifier,
                    $"{subject}.packageName",
                    $"'{ManifestParts.Short(name)}' is no package's name; expected one such as svelte or @angular/core.");
                continue;
            }

            if (parts.Text(item, "bundle", $"{subject}.bundle", ManifestParts.MaxName) is { } bundle)
            {
                _bundles.Add(bundle);
            }

            if (Row(item, subject, name) is { } row)
            {
                rows.Add(row);
            }
        }

        // One row per specifier is the older way to write it: together they are one package.
        return [.. rows.GroupBy(static row => row.Package, StringComparer.Ordinal).Select(static group =>
            (group.FirstOrDefault(row => row.Entries.ContainsKey(group.Key)) ?? group.First()) with
            {
                Entries = OrdinalMap.Of(group.Reverse().SelectMany(static row => row.Entries)),
            })];
    }

    private SharedPackage? Row(JsonElement item, string subject, string name)
    {
        var package = PackageOf(name);
        var entries = item.TryGetProperty("entries", out _)
            ? parts.Files(item, "entries", $"{subject}.entries", specifier =>
                ManifestRules.BelongsTo(specifier, package) ? null : $"it must be '{package}' or begin with '{package}/'")
            : parts.File(item, "outFileName", $"{subject}.outFileName") is { } only
                ? OrdinalMap.Empty<string>().Add(name, only)
                : OrdinalMap.Empty<string>();
        if (entries.IsEmpty)
        {
            return null;
        }

        _files.UnionWith(entries.Values);
        var version = parts.Text(item, "version", $"{subject}.version", ManifestParts.MaxName);
        if (!PackageVersion.TryParse(version, out _))
        {
            // What cannot be compared cannot be shared; the service's own files still find it.
            parts.Refuse(
                FederationCodes.BadVersion, $"{subject}.version", $"'{ManifestParts.Short(version)}' is no version; the copy stays private to the service.");
            foreach (var (specifier, file) in entries)
            {
                _internal[specifier] = file;
            }

            return null;
        }

        var scope = parts.Text(item, "shareScope", $"{subject}.shareScope", ManifestParts.MaxName) ?? SharedPackage.DefaultShareScope;
        var isExact = scope == "strict";
        var isSingleton = !isExact && parts.Flag(item, "singleton", $"{subject}.singleton", false);
        var range = HasText(item, "requiredVersion") ? parts.Text(item, "requiredVersion", $"{subject}.requiredVersion", ManifestParts.MaxName) : null;
        return new SharedPackage
        {
            Package = package,
            Version = version,
            RequiredVersion = isExact || range is null ? "=" + version!.Trim().TrimStart('v') : range,
            Singleton = isSingleton,
            StrictVersion = parts.Flag(item, "strictVersion", $"{subject}.strictVersion", false),
            ShareScope = scope,
            Family = parts.Text(item, "pool", $"{subject}.pool", ManifestParts.MaxName),
            Dedupe = isSingleton || isExact,
            Entries = entries,
        };
    }

    private static bool HasText(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && !(value.ValueKind == JsonValueKind.String && value.ValueEquals(""));

    /// <summary><c>@angular/core/testing</c> is a part of <c>@angular/core</c>.</summary>
    private static string PackageOf(string specifier)
    {
        var slash = specifier.IndexOf('/');
        if (slash > 0 && specifier[0] == '@')
        {
            slash = specifier.IndexOf('/', slash + 1);
        }

        return slash > 0 ? specifier[..slash] : specifier;
    }

    private void Chunks(JsonElement root)
    {
        var isAnyNamed = _bundles.Count > 1;
        foreach (var (bundle, _) in parts.Properties(root, "chunks", "chunks"))
        {
            var where = $"chunks[\"{ManifestParts.Short(bundle)}\"]";
            if (isAnyNamed && !_bundles.Contains(bundle))
            {
                continue;
            }

            foreach (var file in parts.Texts(root.GetProperty("chunks"), bundle, where, static (file, subject) =>
                ManifestRules.IsFile(file) ? null : ManifestParts.PathProblem(subject, file)))
            {
                var name = file.EndsWith(".js", StringComparison.Ordinal) ? file[..^3] : file;
                _files.Add(file);
                _internal[ChunkPrefix + name] = file;
            }
        }
    }

    private ImmutableSortedDictionary<string, ModuleFile> Modules(JsonElement root)
    {
        var byName = _files.ToLookup(static file => file[(file.LastIndexOf('/') + 1)..], StringComparer.Ordinal);
        var modules = OrdinalMap.Builder<ModuleFile>();
        foreach (var (name, value) in parts.Properties(root, "integrity", "integrity"))
        {
            if (parts.Hash(value, $"integrity[\"{ManifestParts.Short(name)}\"]") is { } hash)
            {
                foreach (var file in byName[name])
                {
                    modules[file] = new ModuleFile { Integrity = hash };
                }
            }
        }

        return modules.ToImmutable();
    }
}
