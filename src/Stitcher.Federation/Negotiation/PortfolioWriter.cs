using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>Writes a portfolio so that reading it again gives the same negotiation, leaving out what a reader would assume anyway.</summary>
internal sealed class PortfolioWriter(Utf8JsonWriter json)
{
    public void Write(Portfolio portfolio)
    {
        json.WriteStartObject();
        json.WriteStartArray("services");
        foreach (var service in portfolio.Services)
        {
            json.WriteStartObject();
            Service(service);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("config");
        Config(portfolio.Policy);
        Previous(portfolio.Previous);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Service(PortfolioService service)
    {
        var manifest = service.Manifest;
        json.WriteString("name", service.Name);
        json.WriteString("rev", manifest.Revision);
        json.WriteString("base", service.BaseUrl);
        Flag("host", service.IsHost, false);
        Flag("retained", service.IsRetained, false);
        json.WriteString("state", Word(service.State));
        json.WriteString("assets", service.AssetsUp ? "up" : "down");
        if (service.TrustTier != 0)
        {
            json.WriteNumber("trust", service.TrustTier);
        }

        // What has no module takes no part in a negotiation.
        Each("exposes", manifest.Exposes.Where(static e => e.Module is not null).DistinctBy(static e => e.Key), exposed => json.WriteString(exposed.Key, exposed.Module));
        Consumes(manifest.Consumes);
        Each("shared", manifest.Shared.DistinctBy(static row => row.Package), row =>
        {
            json.WriteStartObject(row.Package);
            Row(row);
            json.WriteEndObject();
        });
        Each("internal", manifest.Internal, pair => json.WriteString(pair.Key, pair.Value));
        Each("integrity", manifest.Modules.Where(static file => file.Value.Integrity is not null), file => json.WriteString(file.Key, file.Value.Integrity));
        Each("imports", manifest.Modules.Where(static file => !file.Value.Imports.IsDefaultOrEmpty), file => Texts(file.Key, file.Value.Imports));
        ManifestWriter.Events(json, manifest.Events);
        Each("bytes", manifest.Modules.Where(static file => file.Value.Bytes is >= 0 and <= int.MaxValue), file => json.WriteNumber(file.Key, file.Value.Bytes!.Value));
    }

    private void Consumes(ImmutableArray<ConsumedService> consumes)
    {
        if (consumes.IsDefaultOrEmpty)
        {
            return;
        }

        json.WriteStartArray("consumes");
        foreach (var consumed in consumes)
        {
            json.WriteStartObject();
            json.WriteString("service", consumed.Service);
            Texts("exposes", consumed.Exposes);
            Flag("optional", consumed.Optional, false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Row(SharedPackage row)
    {
        Text("version", row.Version);
        if (row.AnyVersion)
        {
            json.WriteBoolean("requiredVersion", false);
        }
        else
        {
            Text("requiredVersion", row.RequiredVersion);
        }

        Flag("singleton", row.Singleton, false);
        Flag("strictVersion", row.StrictVersion, false);
        Flag("eager", row.Eager, false);
        Flag("import", row.Import, true);
        Flag("provide", row.Provide, true);
        Flag("dedupe", row.Dedupe, true);
        Text("shareScope", row.ShareScope == SharedPackage.DefaultShareScope ? null : row.ShareScope);
        Text("family", row.Family);

        // Without the member a reader would make up an entry.
        json.WriteStartObject("entries");
        foreach (var (specifier, file) in row.Entries)
        {
            json.WriteString(specifier, file);
        }

        json.WriteEndObject();
        Each("requires", row.Requires, pair => json.WriteString(pair.Key, pair.Value));
    }

    private void Config(NegotiationPolicy policy)
    {
        json.WriteString("strategy", Word(policy.Strategy));
        json.WriteString("singletonConflict", Word(policy.SingletonConflict));
        json.WriteString("softLimit", policy.SoftLimitMajor ? "major" : "none");
        Flag("hostPrecedence", policy.HostPrecedence, true);
        Flag("autoFamily", policy.FamilyPerNpmScope, false);
        Text("stubBase", policy.StubBase);
        Each("overrides", policy.Overrides, pair =>
        {
            json.WriteStartObject(pair.Key);

            // What is no version or range is overlooked by a negotiation, and refused by a reader.
            Text("pin", Versions.PackageVersion.TryParse(pair.Value.Pin, out _) ? pair.Value.Pin : null);
            Text("floor", IsRange(pair.Value.Floor) ? pair.Value.Floor : null);
            Texts("ban", [.. pair.Value.Ban.Where(IsRange)]);
            Text("singletonConflict", pair.Value.SingletonConflict is { } conflict ? Word(conflict) : null);
            json.WriteEndObject();
        });
        json.WriteStartArray("providerRules");
        foreach (var rule in policy.ProviderRules)
        {
            json.WriteStartObject();
            json.WriteString("package", rule.Package);
            Texts("allow", rule.Allow);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Previous(ImmutableSortedDictionary<string, PreviousWinner> previous) => Each("previous", previous, pair =>
    {
        json.WriteStartObject(pair.Key);
        Each("versions", pair.Value.Versions, version => json.WriteString(version.Key, version.Value));
        json.WriteEndObject();
    });

    private void Each<T>(string name, IEnumerable<T> items, Action<T> write)
    {
        var isOpen = false;
        foreach (var item in items)
        {
            if (!isOpen)
            {
                json.WriteStartObject(name);
                isOpen = true;
            }

            write(item);
        }

        if (isOpen)
        {
            json.WriteEndObject();
        }
    }

    private void Texts(string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values.IsDefault ? [] : values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private void Text(string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private void Flag(string name, bool value, bool assumed)
    {
        if (value != assumed)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static bool IsRange(string? text) => Versions.VersionRange.TryParseNpm(text, out _);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
