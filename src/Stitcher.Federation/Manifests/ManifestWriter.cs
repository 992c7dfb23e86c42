using System.Collections.Immutable;
using System.Text.Json;

namespace Stitcher.Federation.Manifests;

/// <summary>Writes a manifest's JSON, leaving out what a reader would assume anyway.</summary>
internal static class ManifestWriter
{
    public static void Write(ServiceManifest manifest, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", manifest.Schema);
        json.WriteString("name", manifest.Name);
        json.WriteString("revision", manifest.Revision);
        if (manifest.BuiltAt is { } builtAt)
        {
            json.WriteString("builtAt", builtAt.ToUniversalTime());
        }

        json.WriteString("base", manifest.Base);
        List(json, "exposes", manifest.Exposes, Expose);
        List(json, "consumes", manifest.Consumes, Consume);
        List(json, "shared", manifest.Shared, Share);
        Map(json, "internal", manifest.Internal);
        Modules(json, manifest.Modules);
        Events(json, manifest.Events);
        json.WriteEndObject();
    }

    private static void Expose(Utf8JsonWriter json, ExposedModule exposed)
    {
        json.WriteString("key", exposed.Key);
        json.WriteString("category", exposed.Category);
        Text(json, "module", exposed.Module);
        Texts(json, "exports", exposed.Exports);
        Text(json, "element", exposed.Element);
        Text(json, "fragment", exposed.Fragment);
        Texts(json, "css", exposed.Css);
        Text(json, "hydrate", exposed.Hydrate);
        Flag(json, "public", exposed.Public);
        Texts(json, "parameters", exposed.Parameters);
    }

    private static void Consume(Utf8JsonWriter json, ConsumedService consumed)
    {
        json.WriteString("service", consumed.Service);
        Texts(json, "exposes", consumed.Exposes);
        Flag(json, "optional", consumed.Optional);
    }

    private static void Share(Utf8JsonWriter json, SharedPackage shared)
    {
        json.WriteString("package", shared.Package);
        Text(json, "version", shared.Version);
        if (shared.AnyVersion)
        {
            json.WriteBoolean("requiredVersion", false);
        }
        else
        {
            Text(json, "requiredVersion", shared.RequiredVersion);
        }

        Flag(json, "singleton", shared.Singleton);
        Flag(json, "strictVersion", shared.StrictVersion);
        Flag(json, "eager", shared.Eager);
        if (shared.ShareScope != SharedPackage.DefaultShareScope)
        {
            json.WriteString("shareScope", shared.ShareScope);
        }

        Text(json, "family", shared.Family);
        FlagOn(json, "provide", shared.Provide);
        FlagOn(json, "import", shared.Import);
        FlagOn(json, "dedupe", shared.Dedupe);
        Map(json, "entries", shared.Entries);
        Map(json, "requires", shared.Requires);
    }

    private static void Modules(Utf8JsonWriter json, ImmutableSortedDictionary<string, ModuleFile> modules)
    {
        if (modules.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("modules");
        foreach (var (file, module) in modules)
        {
            json.WriteStartObject(file);
            Text(json, "integrity", module.Integrity);
            if (module.Bytes is { } bytes)
            {
                json.WriteNumber("bytes", bytes);
            }

            Texts(json, "imports", module.Imports);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The part about topics, as it stands in manifests and portfolios.</summary>
    public static void Events(Utf8JsonWriter json, ServiceEvents? events)
    {
        if (events is null)
        {
            return;
        }

        json.WriteStartObject("events");
        List(json, "publishes", events.Publishes, static (writer, published) =>
        {
            writer.WriteString("topic", published.Topic);
            Flag(writer, "retained", published.Retained);
            Text(writer, "schema", published.Schema);
        });
        Subscribed(json, events.Subscribes);
        json.WriteEndObject();
    }

    private static void Subscribed(Utf8JsonWriter json, ImmutableArray<SubscribedTopic> topics)
    {
        if (topics.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray("subscribes");
        foreach (var heard in topics)
        {
            if (heard is { Retained: false, Schema: null })
            {
                json.WriteStringValue(heard.Topic);
                continue;
            }

            json.WriteStartObject();
            json.WriteString("topic", heard.Topic);
            Flag(json, "retained", heard.Retained);
            Text(json, "schema", heard.Schema);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Map(Utf8JsonWriter json, string name, ImmutableSortedDictionary<string, string> pairs)
    {
        if (pairs.IsEmpty)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in pairs)
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, ImmutableArray<string> items)
    {
        if (items.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStringValue(item);
        }

        json.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Flag(Utf8JsonWriter json, string name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    private static void FlagOn(Utf8JsonWriter json, string name, bool value)
    {
        if (!value)
        {
            json.WriteBoolean(name, false);
        }
    }
}
