using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>Writes what editors and compilers of TypeScript know of the gateway's browser modules, with a type for every topic that a manifest describes by one.</summary>
internal static partial class TopicTypes
{
    // What a gateway seeds itself; services need not describe it.
    private static readonly Dictionary<string, string> Seeded = new(StringComparer.Ordinal)
    {
        ["currentRoute"] = "string",
        ["currentUser"] = "{ id: string; name: string | null; role: string | null } | null",
        ["locale"] = "string",
        ["theme"] = "'light' | 'dark' | 'system'",
        ["userPreferences"] = "{ theme: 'light' | 'dark' | 'system'; locale: string }",
        ["breadcrumbs"] = "{ name: string; href: string }[]",
        ["stitcher:module-failed"] = "{ module: string; message: string }",
        ["stitcher:navigated"] = "{ url: string }",
    };

    public static string Write(Portfolio portfolio)
    {
        var text = new StringBuilder("// Made by 'stitcher federation types': make it anew when services change.\n\n");
        text.Append(Resource("bus.d.ts")).Append('\n').Append(Resource("live.d.ts")).Append("\ndeclare module '@stitcher/bus' {\n  interface Topics {\n");
        var topics = new SortedDictionary<string, (string Type, string About)>(StringComparer.Ordinal);
        foreach (var (topic, type) in Seeded)
        {
            topics[topic] = (type, "Of the gateway.");
        }

        foreach (var service in portfolio.Services.Where(static service => !service.IsRetained).OrderBy(static service => service.Name, StringComparer.Ordinal))
        {
            foreach (var published in service.Manifest.Events?.Publishes ?? [])
            {
                Add(topics, service.Name, published);
            }
        }

        foreach (var (topic, (type, about)) in topics)
        {
            text.Append("    /** ").Append(about).Append(" */\n    ").Append(JsonSerializer.Serialize(topic)).Append(": ").Append(type).Append(";\n");
        }

        return text.Append("  }\n}\n").ToString();
    }

    private static void Add(SortedDictionary<string, (string Type, string About)> topics, string service, PublishedTopic published)
    {
        var isType = published.Schema is { } schema && TypeText().IsMatch(schema);
        if (topics.TryGetValue(published.Topic, out var known) && (known.Type != "unknown" || !isType))
        {
            return;
        }

        var words = isType || published.Schema is null ? "" : $" {published.Schema.Replace("*/", "* /", StringComparison.Ordinal)}";
        topics[published.Topic] = (isType ? published.Schema! : "unknown", $"Of {service}{(published.Retained ? ", kept" : "")}.{words}");
    }

    private static string Resource(string name)
    {
        using var stream = typeof(TopicTypes).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // Objects with typed members, lists, literals and the names of simple types: all else is words.
    [GeneratedRegex(@"^(?:(?:string|number|boolean|null|unknown|undefined|true|false|[A-Za-z_]\w*\??\s*:|'[^'\\\r\n]*'|-?\d+|Record|Array)|[\s{}\[\]<>|;,()])+$", RegexOptions.ExplicitCapture)]
    private static partial Regex TypeText();
}
