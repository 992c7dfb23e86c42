using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Fragments.Packages;
using Stitcher.Fragments.Serving;

namespace Stitcher.Fragments.Publishing;

/// <summary>Makes the service's manifest of what was mapped and of the files found; in development again when a file changes.</summary>
internal sealed class FragmentManifest(
    IOptions<FragmentServiceOptions> options,
    IWebHostEnvironment environment,
    EndpointDataSource endpoints,
    FragmentCatalog catalog,
    ILoggerFactory loggers)
{
    private readonly Lock _making = new();
    private readonly FragmentAssets _assets = new(environment.WebRootFileProvider, options.Value.AssetBase);
    private FragmentManifestSnapshot? _current;
    private string _stamp = "";

    /// <value>The fragments that were mapped, in the order of their names.</value>
    public IEnumerable<(FragmentDefinition Definition, RouteEndpoint Endpoint)> Fragments => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Select(static endpoint => (Definition: endpoint.Metadata.GetMetadata<FragmentDefinition>(), Endpoint: endpoint))
        .Where(static pair => pair.Definition is not null)
        .Select(static pair => (pair.Definition!, pair.Endpoint))
        .OrderBy(static pair => pair.Item1.Name, StringComparer.Ordinal);

    public FragmentManifestSnapshot Current
    {
        get
        {
            lock (_making)
            {
                if (_current is null)
                {
                    return _current = Make();
                }

                return environment.IsDevelopment() && _stamp != _assets.Stamp() ? _current = Make() : _current;
            }
        }
    }

    private FragmentManifestSnapshot Make()
    {
        _stamp = _assets.Stamp();
        var own = _assets.Read();
        var npm = NpmSelector.Select(
            environment.ContentRootPath, catalog.NpmPackages, own.Values.SelectMany(static module => module.Imports).Where(ModuleFiles.IsBare));
        var stranded = StrandedModules.Of(own, npm.Missing);
        var modules = own.RemoveRange(stranded).SetItems(npm.Modules);
        var manifest = new ServiceManifest
        {
            Name = options.Value.Service,
            Revision = options.Value.Revision ?? Revision(modules),
            BuiltAt = BuiltAt(),
            Base = options.Value.AssetBase,
            Exposes = [.. Exposes().Select(exposed => StrandedModules.Without(exposed, stranded)).OfType<ExposedModule>()],
            Consumes = [.. catalog.Consumed.OrderBy(static consumed => consumed.Service, StringComparer.Ordinal)],
            Shared = [.. catalog.Packages.Concat(npm.Packages).OrderBy(static package => package.Package, StringComparer.Ordinal)],
            Modules = modules,
            Events = Events(),
        };
        manifest = manifest with { Internal = manifest.Internal.SetItems(catalog.Internal) };
        var utf8 = StitcherManifest.ToUtf8Bytes(manifest, indented: true);
        Report(manifest, utf8, npm, stranded);
        var map = Negotiator.Negotiate(new Portfolio { Services = [new PortfolioService(manifest.Name, manifest, manifest.Base)] }).Map;
        return new FragmentManifestSnapshot(
            manifest,
            utf8,
            $"\"{Convert.ToHexStringLower(SHA256.HashData(utf8).AsSpan(0, 12))}\"",
            Encoding.UTF8.GetString(map.ToUtf8Bytes()))
        {
            PackageFiles = npm.Files,
        };
    }

    private IEnumerable<ExposedModule> Exposes() => Fragments.Select(static pair => Expose(pair.Definition, pair.Endpoint))
        .Concat(catalog.Modules)
        .OrderBy(static exposed => exposed.Key, StringComparer.Ordinal);

    private ServiceEvents? Events() => catalog.Published.IsEmpty && catalog.Subscribed.IsEmpty ? null : new ServiceEvents
    {
        Publishes = [.. catalog.Published.OrderBy(static topic => topic.Topic, StringComparer.Ordinal)],
        Subscribes = [.. catalog.Subscribed.DistinctBy(static topic => topic.Topic).OrderBy(static topic => topic.Topic, StringComparer.Ordinal)],
    };

    private static ExposedModule Expose(FragmentDefinition definition, RouteEndpoint endpoint) => new()
    {
        Key = $"./{definition.Name}",
        Category = definition.Category,
        Module = definition.Module,
        Exports = definition.Exports,
        Element = definition.Element,
        Fragment = FragmentRoute.PathOf(endpoint.RoutePattern),
        Css = definition.Styles,
        Hydrate = definition.Hydrate,
        Public = definition.IsOpenToBrowsers,
        Parameters = definition.IsOpenToBrowsers ? [.. definition.Parameters.Where(static parameter => !parameter.IsInPath).Select(static parameter => parameter.Name)] : [],
    };

    // The same program with the same files is the same revision on every machine, so that copies of a service agree.
    private static string Revision(ImmutableSortedDictionary<string, ModuleFile> modules)
    {
        var program = Assembly.GetEntryAssembly()?.ManifestModule.ModuleVersionId.ToString("N")[..12] ?? "unknown";
        if (modules.IsEmpty)
        {
            return program;
        }

        var files = string.Join('\n', modules.Select(static module => $"{module.Key} {module.Value.Integrity}"));
        return $"{program}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(files)).AsSpan(0, 4))}";
    }

    private DateTimeOffset? BuiltAt()
    {
        var program = Environment.ProcessPath is { } process && Assembly.GetEntryAssembly() is { Location: var location }
            ? new FileInfo(location.Length > 0 ? location : process)
            : null;
        DateTimeOffset? built = program is { Exists: true } ? program.LastWriteTimeUtc : null;
        var newest = _assets.NewestWrite() is { } written && (built is null || written > built) ? written : built;
        return newest is { } time ? DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds()) : null;
    }

    /// <summary>A gateway would leave these parts out; the service's own log should say so first.</summary>
    private void Report(ServiceManifest manifest, byte[] utf8, NpmSelection npm, ImmutableHashSet<string> stranded)
    {
        var log = loggers.CreateLogger("Stitcher.Fragments");
        foreach (var problem in npm.Problems)
        {
            log.PackageProblem(problem);
        }

        if (!stranded.IsEmpty)
        {
            log.ModulesLeftOut(string.Join(", ", stranded.Order(StringComparer.Ordinal)), string.Join(", ", npm.Missing.Order(StringComparer.Ordinal)));
        }

        StitcherManifest.Read(utf8, out var problems);
        foreach (var problem in problems)
        {
            log.ManifestProblem(manifest.Name, problem.Subject, problem.Message, problem.Code);
        }

        foreach (var exposed in manifest.Exposes)
        {
            foreach (var file in exposed.Css.Append(exposed.Module).OfType<string>().Where(file => !manifest.Modules.ContainsKey(file)))
            {
                log.MissingFile(exposed.Name, file, string.Create(CultureInfo.InvariantCulture, $"wwwroot{manifest.Base}"));
            }
        }
    }
}
