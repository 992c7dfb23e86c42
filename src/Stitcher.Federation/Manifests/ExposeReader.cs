using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads what a service exposes. An entry that reaches outside the service is left out as a whole.</summary>
internal sealed class ExposeReader(ManifestParts parts)
{
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public ImmutableArray<ExposedModule> Read(JsonElement root)
    {
        var exposed = ImmutableArray.CreateBuilder<ExposedModule>();
        foreach (var (item, subject) in parts.Objects(root, "exposes", "exposes"))
        {
            if (ReadOne(item, subject) is { } one)
            {
                exposed.Add(one);
            }
        }

        return exposed.ToImmutable();
    }

    private ExposedModule? ReadOne(JsonElement item, string subject)
    {
        var key = parts.Text(item, "key", $"{subject}.key", ManifestParts.MaxName);
        if (!ManifestRules.IsExposeKey(key))
        {
            parts.Refuse(
                FederationCodes.IllegalSpecifier, $"{subject}.key", $"'{ManifestParts.Short(key)}' is no key; a key is './' and a name.");
            return null;
        }

        var module = parts.Text(item, "module", $"{subject}.module", ManifestParts.MaxPath);
        if (module is not null && !ManifestRules.IsFile(module))
        {
            parts.RefusePath($"{subject}.module", module);
            return null;
        }

        var fragment = parts.Text(item, "fragment", $"{subject}.fragment", ManifestParts.MaxPath);
        if (fragment is not null && !ManifestRules.IsFragmentPath(fragment))
        {
            parts.Refuse(
                FederationCodes.PathEscapesBase,
                $"{subject}.fragment",
                $"'{ManifestParts.Short(fragment)}' is no path on the service; expected one such as /fragments/card/{{id}}.");
            return null;
        }

        // After the other checks: a refused entry must not keep a later good one with the same key away.
        if (!_keys.Add(key!))
        {
            parts.Refuse(FederationCodes.DuplicateExpose, $"{subject}.key", $"'{key}' is exposed twice; the first one counts.");
            return null;
        }

        return new ExposedModule
        {
            Key = key!,
            Category = parts.Text(item, "category", $"{subject}.category", ManifestParts.MaxName) ?? "component",
            Module = module,
            Exports = parts.Texts(item, "exports", $"{subject}.exports", static (_, _) => null),
            Element = parts.Text(
                item, "element", $"{subject}.element", ManifestParts.MaxName, ManifestRules.IsElementName, "the name of a custom element"),
            Fragment = fragment,
            Css = parts.Texts(item, "css", $"{subject}.css", static (file, where) =>
                ManifestRules.IsFile(file) ? null : ManifestParts.PathProblem(where, file)),
            Hydrate = parts.Text(item, "hydrate", $"{subject}.hydrate", ManifestParts.MaxName),
            Public = parts.Flag(item, "public", $"{subject}.public", false),
            Parameters = parts.Texts(item, "parameters", $"{subject}.parameters", static (name, where) => ManifestRules.IsParameter(name)
                ? null
                : new ManifestProblem(FederationCodes.MalformedPart, where, $"'{ManifestParts.Short(name)}' is no name of a parameter: letters, digits, hyphens and underscores.")),
        };
    }
}
