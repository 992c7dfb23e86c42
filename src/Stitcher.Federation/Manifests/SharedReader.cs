using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads the packages a service shares. Versions and ranges are kept as written: judging them is the negotiation's work.</summary>
internal sealed class SharedReader(ManifestParts parts)
{
    public ImmutableArray<SharedPackage> Read(JsonElement root)
    {
        var shared = ImmutableArray.CreateBuilder<SharedPackage>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, subject) in parts.Objects(root, "shared", "shared"))
        {
            var package = parts.Text(item, "package", $"{subject}.package", ManifestParts.MaxName);
            if (!ManifestRules.IsSpecifier(package) || package!.EndsWith('/'))
            {
                parts.Refuse(
                    FederationCodes.IllegalSpecifier,
                    $"{subject}.package",
                    $"'{ManifestParts.Short(package)}' is no package's name; expected one such as svelte or @shop/format.");
            }
            else if (!names.Add(package))
            {
                parts.Refuse(
                    FederationCodes.MalformedPart, $"{subject}.package", $"'{package}' is shared twice; the first one counts.");
            }
            else
            {
                shared.Add(ReadOne(item, subject, package));
            }
        }

        return shared.ToImmutable();
    }

    private SharedPackage ReadOne(JsonElement item, string subject, string package)
    {
        var any = item.TryGetProperty("requiredVersion", out var required) && required.ValueKind == JsonValueKind.False;
        return new SharedPackage
        {
            Package = package,
            Version = parts.Text(item, "version", $"{subject}.version", ManifestParts.MaxName),
            RequiredVersion = any ? null : parts.Text(item, "requiredVersion", $"{subject}.requiredVersion", ManifestParts.MaxName),
            AnyVersion = any,
            Singleton = parts.Flag(item, "singleton", $"{subject}.singleton", false),
            StrictVersion = parts.Flag(item, "strictVersion", $"{subject}.strictVersion", false),
            Eager = parts.Flag(item, "eager", $"{subject}.eager", false),
            ShareScope = parts.Text(item, "shareScope", $"{subject}.shareScope", ManifestParts.MaxName) ?? SharedPackage.DefaultShareScope,
            Family = parts.Text(item, "family", $"{subject}.family", ManifestParts.MaxName),
            Provide = parts.Flag(item, "provide", $"{subject}.provide", true),
            Import = parts.Flag(item, "import", $"{subject}.import", true),
            Dedupe = parts.Flag(item, "dedupe", $"{subject}.dedupe", true),
            Entries = parts.Files(item, "entries", $"{subject}.entries", specifier =>
                ManifestRules.BelongsTo(specifier, package) ? null : $"it must be '{package}' or begin with '{package}/'"),
            Requires = Requires(item, subject),
        };
    }

    private ImmutableSortedDictionary<string, string> Requires(JsonElement item, string subject)
    {
        var requires = OrdinalMap.Builder<string>();
        foreach (var (package, range) in parts.Properties(item, "requires", $"{subject}.requires"))
        {
            var where = $"{subject}.requires[\"{ManifestParts.Short(package)}\"]";
            if (!ManifestRules.IsSpecifier(package))
            {
                parts.Refuse(FederationCodes.IllegalSpecifier, where, "A requirement must name a package.");
            }
            else if (parts.Text(range, where, ManifestParts.MaxName) is { } text)
            {
                requires[package] = text;
            }
        }

        return requires.ToImmutable();
    }
}
