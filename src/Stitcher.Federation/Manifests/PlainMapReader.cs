using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads an import map that a service publishes: for its own modules only, for a map has no versions to negotiate with.</summary>
internal sealed class PlainMapReader(ManifestParts parts, ServiceManifest empty)
{
    private readonly SortedDictionary<string, string> _internal = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ExposedModule> _exposes = new(StringComparer.Ordinal);

    public ServiceManifest Read(JsonElement root)
    {
        foreach (var (specifier, value) in parts.Properties(root, "imports", "imports"))
        {
            Take(specifier, value, $"imports[\"{ManifestParts.Short(specifier)}\"]", canExpose: true);
        }

        Scopes(root);
        return empty with { Exposes = [.. _exposes.Values], Internal = OrdinalMap.Of(_internal), Modules = Modules(root) };
    }

    private void Scopes(JsonElement root)
    {
        if (!parts.TryObject(root, "scopes", "scopes", out var scopes))
        {
            return;
        }

        foreach (var scope in scopes.EnumerateObject())
        {
            var where = $"scopes[\"{ManifestParts.Short(scope.Name)}\"]";
            if (scope.Name != "./" && scope.Name != empty.Base)
            {
                parts.Refuse(FederationCodes.PathEscapesBase, where, $"Only the service's own scope, './' or '{empty.Base}', is taken.");
                continue;
            }

            foreach (var (specifier, value) in parts.Properties(scopes, scope.Name, where))
            {
                Take(specifier, value, $"{where}[\"{ManifestParts.Short(specifier)}\"]", canExpose: false);
            }
        }
    }

    private void Take(string specifier, JsonElement value, string where, bool canExpose)
    {
        if (!ManifestRules.IsSpecifier(specifier) || specifier.Length > ManifestParts.MaxName)
        {
            parts.Refuse(
                FederationCodes.IllegalSpecifier, where, $"'{ManifestParts.Short(specifier)}' cannot be mapped: it must be a bare specifier, not an address.");
        }
        else if (value.ValueKind == JsonValueKind.Null)
        {
            parts.Refuse(FederationCodes.MalformedPart, where, "An address was expected; nothing can be blocked here.");
        }
        else if (parts.Text(value, where, ManifestParts.MaxPath) is { } address && FileOf(address, where) is { } file)
        {
            if (specifier.EndsWith('/') != file.EndsWith('/'))
            {
                parts.Refuse(FederationCodes.SlashMismatch, where, $"'{ManifestParts.Short(specifier)}' and its address must both end in '/', or neither.");
                return;
            }

            var key = "./" + specifier[(specifier.IndexOf('/') + 1)..];
            if (canExpose && specifier.StartsWith(empty.Name + "/", StringComparison.Ordinal) && ManifestRules.IsExposeKey(key))
            {
                _exposes[key] = new ExposedModule { Key = key, Module = file };
            }
            else
            {
                _internal[specifier] = file;
            }
        }
    }

    private string? FileOf(string address, string where)
    {
        var file = address.StartsWith("./", StringComparison.Ordinal) ? address[2..]
            : address.StartsWith(empty.Base, StringComparison.Ordinal) ? address[empty.Base.Length..]
            : null;
        if (ManifestRules.IsFile(file))
        {
            return file;
        }

        parts.RefusePath(where, address);
        return null;
    }

    private ImmutableSortedDictionary<string, ModuleFile> Modules(JsonElement root)
    {
        var modules = OrdinalMap.Builder<ModuleFile>();
        foreach (var (address, value) in parts.Properties(root, "integrity", "integrity"))
        {
            var where = $"integrity[\"{ManifestParts.Short(address)}\"]";
            if (FileOf(address, where) is { } file && parts.Hash(value, where) is { } hash)
            {
                modules[file] = new ModuleFile { Integrity = hash };
            }
        }

        return modules.ToImmutable();
    }
}
