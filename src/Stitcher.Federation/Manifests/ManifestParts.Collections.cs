using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <content>Lists and maps: each item is judged for itself.</content>
internal sealed partial class ManifestParts
{
    public ImmutableArray<string> Texts(JsonElement parent, string name, string subject, Func<string, string, ManifestProblem?> judge)
    {
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var (item, where) in Items(parent, name, subject))
        {
            if (Text(item, where, MaxPath) is not { } text)
            {
                continue;
            }

            if (judge(text, where) is { } problem)
            {
                Problems.Add(problem);
            }
            else
            {
                texts.Add(text);
            }
        }

        return texts.ToImmutable();
    }

    public IEnumerable<(JsonElement Item, string Subject)> Objects(JsonElement parent, string name, string subject)
    {
        foreach (var (item, where) in Items(parent, name, subject))
        {
            if (item.ValueKind == JsonValueKind.Object)
            {
                yield return (item, where);
            }
            else
            {
                Refuse(FederationCodes.MalformedPart, where, "An object was expected.");
            }
        }
    }

    public bool TryObject(JsonElement parent, string name, string subject, out JsonElement value)
    {
        if (!parent.TryGetProperty(name, out value) || value.ValueKind == JsonValueKind.Null)
        {
            return false;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        Refuse(FederationCodes.MalformedPart, subject, "An object was expected.");
        return false;
    }

    public IEnumerable<(string Name, JsonElement Value)> Properties(JsonElement parent, string name, string subject)
    {
        if (TryObject(parent, name, subject, out var value))
        {
            foreach (var property in value.EnumerateObject())
            {
                yield return (property.Name, property.Value);
            }
        }
    }

    /// <summary>Specifiers to files below the base, each pair judged for itself.</summary>
    /// <param name="parent">Where the map is looked for.</param>
    /// <param name="name">The map's name.</param>
    /// <param name="subject">The map's place, for messages.</param>
    /// <param name="objection">What is wrong with a specifier beyond the rules for all; null when nothing is.</param>
    public ImmutableSortedDictionary<string, string> Files(
        JsonElement parent, string name, string subject, Func<string, string?> objection)
    {
        var files = OrdinalMap.Builder<string>();
        foreach (var (specifier, value) in Properties(parent, name, subject))
        {
            var where = $"{subject}[\"{Short(specifier)}\"]";
            var reason = ManifestRules.IsSpecifier(specifier) && specifier.Length <= MaxName
                ? objection(specifier)
                : "it must be a bare specifier, not an address";
            if (reason is not null)
            {
                Refuse(FederationCodes.IllegalSpecifier, where, $"'{Short(specifier)}' cannot be mapped: {reason}.");
            }
            else if (Text(value, where, MaxPath) is not { } file)
            {
                continue;
            }
            else if (!ManifestRules.IsFile(file))
            {
                RefusePath(where, file);
            }
            else if (specifier.EndsWith('/') != file.EndsWith('/'))
            {
                Refuse(FederationCodes.SlashMismatch, where, $"'{Short(specifier)}' and '{Short(file)}' must both end in '/', or neither.");
            }
            else
            {
                files[specifier] = file;
            }
        }

        return files.ToImmutable();
    }

    public IEnumerable<(JsonElement Item, string Subject)> Items(JsonElement parent, string name, string subject)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Refuse(FederationCodes.MalformedPart, subject, "A list was expected.");
            yield break;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            yield return (item, $"{subject}[{index++}]");
        }
    }
}
