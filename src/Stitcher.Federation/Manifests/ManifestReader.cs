using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Reads one manifest, part by part; what is refused is reported and left out.</summary>
internal sealed class ManifestReader
{
    private readonly ManifestParts _parts;

    private ManifestReader(ManifestParts parts) => _parts = parts;

    public static ServiceManifest? Read(ReadOnlyMemory<byte> utf8, out ImmutableArray<ManifestProblem> problems) =>
        ManifestDocument.Read(utf8, out problems, static (root, parts) => new ManifestReader(parts).ReadRoot(root));

    private ServiceManifest? ReadRoot(JsonElement root)
    {
        if (!root.TryGetProperty("schema", out var schema) || schema.ValueKind != JsonValueKind.Number
            || !schema.TryGetInt32(out var number) || number != StitcherManifest.Schema)
        {
            _parts.Refuse(FederationCodes.UnknownSchema, "schema", "\"schema\" must be the number 1, the only version of the format.");
            return null;
        }

        var name = _parts.Text(root, "name", "name", 64);
        var revision = _parts.Text(root, "revision", "revision", ManifestParts.MaxName);
        var folder = root.TryGetProperty("base", out _)
            ? _parts.Text(root, "base", "base", ManifestParts.MaxPath)
            : StitcherManifest.DefaultBase;
        if (!IsUsable(name, revision, folder))
        {
            return null;
        }

        return new ServiceManifest
        {
            Name = name!,
            Revision = revision!,
            BuiltAt = BuiltAt(root),
            Base = folder!,
            Exposes = new ExposeReader(_parts).Read(root),
            Consumes = Consumes(root),
            Shared = new SharedReader(_parts).Read(root),
            Internal = _parts.Files(root, "internal", "internal", static _ => null),
            Modules = Modules(root),
            Events = Events(root),
        };
    }

    private bool IsUsable(string? name, string? revision, string? folder)
    {
        if (!ManifestRules.IsServiceName(name))
        {
            _parts.Refuse(
                FederationCodes.MalformedPart, "name", "\"name\" must be 1 to 64 lower-case letters, digits and hyphens.");
            return false;
        }

        if (string.IsNullOrWhiteSpace(revision))
        {
            _parts.Refuse(FederationCodes.MalformedPart, "revision", "\"revision\" must be a text that is not empty.");
            return false;
        }

        if (!ManifestRules.IsBase(folder))
        {
            _parts.Refuse(
                FederationCodes.PathEscapesBase, "base", "\"base\" must be a path on the service that begins and ends with '/' and has no '..'.");
            return false;
        }

        return true;
    }

    private DateTimeOffset? BuiltAt(JsonElement root)
    {
        if (_parts.Text(root, "builtAt", "builtAt", 64) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        _parts.Refuse(FederationCodes.MalformedPart, "builtAt", "\"builtAt\" must be a time such as 2026-11-22T10:00:00Z.");
        return null;
    }

    private ImmutableArray<ConsumedService> Consumes(JsonElement root)
    {
        var consumed = ImmutableArray.CreateBuilder<ConsumedService>();
        foreach (var (item, subject) in _parts.Objects(root, "consumes", "consumes"))
        {
            var service = _parts.Text(item, "service", $"{subject}.service", ManifestParts.MaxName);
            if (string.IsNullOrEmpty(service))
            {
                _parts.Refuse(FederationCodes.MalformedPart, $"{subject}.service", "\"service\" must name the service that is needed.");
                continue;
            }

            var keys = _parts.Texts(item, "exposes", $"{subject}.exposes", (key, where) =>
                ManifestRules.IsExposeKey(key) ? null : new ManifestProblem(
                    FederationCodes.IllegalSpecifier, where, $"'{ManifestParts.Short(key)}' is no key; a key is './' and a name."));
            consumed.Add(new ConsumedService
            {
                Service = service,
                Exposes = keys,
                Optional = _parts.Flag(item, "optional", $"{subject}.optional", false),
            });
        }

        return consumed.ToImmutable();
    }

    private ImmutableSortedDictionary<string, ModuleFile> Modules(JsonElement root)
    {
        var modules = OrdinalMap.Builder<ModuleFile>();
        foreach (var (file, item) in _parts.Properties(root, "modules", "modules"))
        {
            var subject = $"modules[\"{ManifestParts.Short(file)}\"]";
            if (!ManifestRules.IsFile(file))
            {
                _parts.RefusePath(subject, file);
            }
            else if (item.ValueKind != JsonValueKind.Object)
            {
                _parts.Refuse(FederationCodes.MalformedPart, subject, "A module must be an object.");
            }
            else
            {
                modules[file] = new ModuleFile
                {
                    Integrity = _parts.Text(item, "integrity", $"{subject}.integrity", 512, ManifestRules.IsIntegrity, "a hash such as sha384-…"),
                    Bytes = _parts.Length(item, "bytes", $"{subject}.bytes"),
                    Imports = _parts.Texts(item, "imports", $"{subject}.imports", static (_, _) => null),
                };
            }
        }

        return modules.ToImmutable();
    }

    private ServiceEvents? Events(JsonElement root)
    {
        if (!_parts.TryObject(root, "events", "events", out var events))
        {
            return null;
        }

        var published = ImmutableArray.CreateBuilder<PublishedTopic>();
        foreach (var (item, subject) in _parts.Objects(events, "publishes", "events.publishes"))
        {
            if (_parts.Text(item, "topic", $"{subject}.topic", ManifestParts.MaxName) is not { Length: > 0 } topic)
            {
                _parts.Refuse(FederationCodes.MalformedPart, $"{subject}.topic", "\"topic\" must name the topic.");
                continue;
            }

            published.Add(new PublishedTopic
            {
                Topic = topic,
                Retained = _parts.Flag(item, "retained", $"{subject}.retained", false),
                Schema = _parts.Text(item, "schema", $"{subject}.schema", ManifestParts.MaxPath),
            });
        }

        return new ServiceEvents
        {
            Publishes = published.ToImmutable(),
            Subscribes = [.. _parts.Items(events, "subscribes", "events.subscribes").Select(pair => Subscribed(pair.Item, pair.Subject)).OfType<SubscribedTopic>()],
        };
    }

    // A name alone says that the value's form and keeping do not matter to the service.
    private SubscribedTopic? Subscribed(JsonElement item, string subject)
    {
        var isObject = item.ValueKind == JsonValueKind.Object;
        var topic = isObject ? _parts.Text(item, "topic", $"{subject}.topic", ManifestParts.MaxName) : _parts.Text(item, subject, ManifestParts.MaxPath);
        if (string.IsNullOrEmpty(topic))
        {
            if (isObject)
            {
                _parts.Refuse(FederationCodes.MalformedPart, $"{subject}.topic", "\"topic\" must name the topic.");
            }

            return null;
        }

        return !isObject ? new SubscribedTopic { Topic = topic } : new SubscribedTopic
        {
            Topic = topic,
            Retained = _parts.Flag(item, "retained", $"{subject}.retained", false),
            Schema = _parts.Text(item, "schema", $"{subject}.schema", ManifestParts.MaxPath),
        };
    }
}
