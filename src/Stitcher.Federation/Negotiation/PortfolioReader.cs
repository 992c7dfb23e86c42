using System.Collections.Immutable;
using System.Text.Json;
using Stitcher.Federation.Manifests;

namespace Stitcher.Federation.Negotiation;

/// <summary>Reads a portfolio. Hostile parts of a service are refused one by one; a file of another form is refused as a whole.</summary>
internal sealed class PortfolioReader
{
    private readonly List<FederationDiagnostic> _refused = [];
    private readonly ImmutableSortedDictionary<string, ImmutableArray<string>>.Builder _declared = OrdinalMap.Builder<ImmutableArray<string>>();

    public static PortfolioFile? Read(ReadOnlyMemory<byte> utf8, out string? problem)
    {
        if (utf8.Length > PortfolioFile.MaxBytes)
        {
            problem = $"The file has {utf8.Length} bytes; at most {PortfolioFile.MaxBytes} are read.";
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(
                utf8, new JsonDocumentOptions { MaxDepth = StitcherManifest.MaxDepth, AllowDuplicateProperties = false });
            problem = null;
            return new PortfolioReader().Read(new JsonPlace(document.RootElement, "the file"));
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            problem = exception is InvalidOperationException ? "The file holds text that is not Unicode." : exception.Message;
            return null;
        }
    }

    private PortfolioFile Read(JsonPlace root)
    {
        var services = ImmutableArray.CreateBuilder<PortfolioService>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in root.Required("services").Items())
        {
            var service = Service(item);
            if (!ids.Add(service.Id))
            {
                throw item.Wrong($"{service.Id} stands there twice");
            }

            services.Add(service);
        }

        var (policy, previous) = PolicyReader.Read(root.Optional("config"));
        return new PortfolioFile
        {
            Portfolio = new Portfolio { Services = services.ToImmutable(), Policy = policy, Previous = previous },
            Refused = [.. _refused],
            Declared = _declared.ToImmutable(),
        };
    }

    private PortfolioService Service(JsonPlace item)
    {
        var name = item.Required("name").Text();
        var revision = item.Optional("rev")?.Text() ?? "r1";
        if (!ManifestRules.IsSpecifier(name) || name.Contains('/') || name.Length > 64)
        {
            throw item.Required("name").Wrong("a name of at most 64 characters without blanks and slashes was expected");
        }

        var address = item.Optional("base")?.Text() ?? $"/s/{name}/{revision}/";
        if (!address.EndsWith('/') || !Uri.TryCreate(new Uri("https://page.invalid/"), address, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw item.Wrong("\"base\" must be a root-relative or absolute http address that ends in '/'");
        }

        var id = $"{name}@{revision}";
        var shared = Shared(item, id);
        if (shared.Declared.Count > 0)
        {
            _declared[id] = [.. shared.Declared];
        }

        var manifest = new ServiceManifest
        {
            Name = name,
            Revision = revision,
            Exposes = Exposes(item, id),
            Consumes = [.. item.ItemsOf("consumes").Select(Consumed)],
            Shared = shared.Rows,
            Internal = Files(item, "internal", id, static _ => true),
            Modules = Modules(item, id),
            Events = item.Optional("events") is { } events ? Events(events) : null,
        };
        return new PortfolioService(name, manifest, address)
        {
            IsHost = item.Optional("host")?.Flag() ?? false,
            IsRetained = item.Optional("retained")?.Flag() ?? false,
            State = item.Optional("state")?.OneOf(ManifestState.Fresh, ManifestState.Stale, ManifestState.Expired) ?? ManifestState.Fresh,
            AssetsUp = item.Optional("assets")?.Word("up", "down") != "down",
            TrustTier = item.Optional("trust")?.Number() ?? 0,
        };
    }

    private ImmutableArray<ExposedModule> Exposes(JsonPlace item, string id)
    {
        var exposes = ImmutableArray.CreateBuilder<ExposedModule>();
        foreach (var (key, value) in item.PropertiesOf("exposes"))
        {
            var file = value.Text();
            if (!ManifestRules.IsExposeKey(key))
            {
                Refuse(FederationCodes.IllegalSpecifier, id, key);
            }
            else if (!ManifestRules.IsFile(file))
            {
                Refuse(FederationCodes.PathEscapesBase, id, file);
            }
            else
            {
                exposes.Add(new ExposedModule { Key = key, Module = file });
            }
        }

        return exposes.ToImmutable();
    }

    private static ServiceEvents Events(JsonPlace events) => new()
    {
        Publishes = [.. events.ItemsOf("publishes").Select(static item => new PublishedTopic
        {
            Topic = item.Required("topic").Text(),
            Retained = item.Optional("retained")?.Flag() ?? false,
            Schema = item.Optional("schema")?.Text(),
        })],
        Subscribes = [.. events.ItemsOf("subscribes").Select(static item => item.IsText ? new SubscribedTopic { Topic = item.Text() } : new SubscribedTopic
        {
            Topic = item.Required("topic").Text(),
            Retained = item.Optional("retained")?.Flag() ?? false,
            Schema = item.Optional("schema")?.Text(),
        })],
    };

    private ConsumedService Consumed(JsonPlace item) => new()
    {
        Service = item.Required("service").Text(),
        Exposes = [.. item.ItemsOf("exposes").Select(static key => key.Text()).Where(static key => ManifestRules.IsExposeKey(key))],
        Optional = item.Optional("optional")?.Flag() ?? false,
    };

    private (ImmutableArray<SharedPackage> Rows, List<string> Declared) Shared(JsonPlace item, string id)
    {
        var rows = ImmutableArray.CreateBuilder<SharedPackage>();
        var declared = new List<string>();
        foreach (var (package, row) in item.PropertiesOf("shared"))
        {
            if (!ManifestRules.IsSpecifier(package) || package.EndsWith('/'))
            {
                Refuse(FederationCodes.IllegalSpecifier, id, package);
                continue;
            }

            rows.Add(Row(row, package, id, declared));
        }

        return (rows.ToImmutable(), declared);
    }

    private SharedPackage Row(JsonPlace row, string package, string id, List<string> declared)
    {
        var version = row.Optional("version")?.Text();
        var required = row.Optional("requiredVersion");
        var entries = OrdinalMap.Empty<string>();
        if (row.Optional("entries") is null)
        {
            entries = entries.Add(package, DefaultFile(package, version));
            declared.Add(package);
        }
        else
        {
            declared.AddRange(row.PropertiesOf("entries").Select(static entry => entry.Name));
            entries = Files(row, "entries", id, specifier => ManifestRules.BelongsTo(specifier, package));
        }

        return new SharedPackage
        {
            Package = package,
            Version = version,
            RequiredVersion = required is null || required.IsFalse ? null : required.Text(),
            AnyVersion = required?.IsFalse ?? false,
            Singleton = row.Optional("singleton")?.Flag() ?? false,
            StrictVersion = row.Optional("strictVersion")?.Flag() ?? false,
            Eager = row.Optional("eager")?.Flag() ?? false,
            Import = row.Optional("import")?.Flag() ?? true,
            Provide = row.Optional("provide")?.Flag() ?? true,
            Dedupe = row.Optional("dedupe")?.Flag() ?? true,
            ShareScope = row.Optional("shareScope")?.Text() ?? SharedPackage.DefaultShareScope,
            Family = row.Optional("family")?.Text(),
            Entries = entries,
            Requires = OrdinalMap.Of(row.PropertiesOf("requires")
                .Where(static pair => ManifestRules.IsSpecifier(pair.Name))
                .Select(static pair => KeyValuePair.Create(pair.Name, pair.Value.Text()))),
        };
    }

    private static string DefaultFile(string package, string? version)
    {
        var plain = Versions.PackageVersion.TryParse(version, out var parsed) ? parsed.Plain : "0.0.0";
        return $"{package.Replace('@', '_').Replace('/', '_')}-{plain}.js";
    }

    private ImmutableSortedDictionary<string, string> Files(JsonPlace item, string part, string id, Func<string, bool> isOwn)
    {
        var files = OrdinalMap.Builder<string>();
        foreach (var (specifier, value) in item.PropertiesOf(part))
        {
            var file = value.Text();
            if (!ManifestRules.IsSpecifier(specifier) || !isOwn(specifier))
            {
                Refuse(FederationCodes.IllegalSpecifier, id, specifier);
            }
            else if (!ManifestRules.IsFile(file))
            {
                Refuse(FederationCodes.PathEscapesBase, id, file);
            }
            else if (specifier.EndsWith('/') != file.EndsWith('/'))
            {
                Refuse(FederationCodes.SlashMismatch, id, specifier);
            }
            else
            {
                files[specifier] = file;
            }
        }

        return files.ToImmutable();
    }

    private ImmutableSortedDictionary<string, ModuleFile> Modules(JsonPlace item, string id)
    {
        var modules = OrdinalMap.Builder<ModuleFile>();
        foreach (var (file, value) in item.PropertiesOf("integrity").Concat(item.PropertiesOf("imports")))
        {
            if (!ManifestRules.IsFile(file))
            {
                Refuse(FederationCodes.PathEscapesBase, id, file);
            }
            else
            {
                var known = modules.GetValueOrDefault(file, new ModuleFile());
                modules[file] = value.IsList
                    ? known with { Imports = [.. value.Items().Select(static specifier => specifier.Text())] }
                    : known with { Integrity = value.Text() };
            }
        }

        foreach (var (file, value) in item.PropertiesOf("bytes").Where(static pair => ManifestRules.IsFile(pair.Name)))
        {
            modules[file] = modules.GetValueOrDefault(file, new ModuleFile()) with { Bytes = value.Number() };
        }

        return modules.ToImmutable();
    }

    private void Refuse(string code, string id, string subject) => _refused.Add(new FederationDiagnostic(code, id, null, subject));
}
