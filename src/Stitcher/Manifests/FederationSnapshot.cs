using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Stitcher.Browser;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Manifests;

/// <summary>What the services offer, as of one moment, and what was negotiated of it.</summary>
internal sealed class FederationSnapshot
{
    private readonly ConcurrentDictionary<string, PageMap> _projections = new(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, KnownRevision> _byBase;
    private readonly FederationTerms _terms;
    private readonly bool _hasMap;
    private readonly Lazy<ImportMapResolver> _resolver;

    private FederationSnapshot(IReadOnlyDictionary<string, KnownService> services, FederationTerms terms, bool hasMap, Portfolio portfolio, NegotiationResult result)
    {
        _terms = terms;
        _hasMap = hasMap;
        Services = services.ToFrozenDictionary(StringComparer.Ordinal);
        Portfolio = portfolio;
        Result = result;
        Generation = hasMap ? result.Generation() : null;
        Manifests = services.ToFrozenDictionary(s => s.Key, s => s.Value.Current.Manifest, StringComparer.Ordinal);
        _byBase = services.Values.SelectMany(s => s.Revisions).ToFrozenDictionary(r => r.BaseUrl, StringComparer.Ordinal);
        Stubs = result.Stubs.ToFrozenDictionary(s => s.Url, s => StubModule.Write(WithExports(s)), StringComparer.Ordinal);
        _resolver = new Lazy<ImportMapResolver>(() => new ImportMapResolver(result.Map));
        RuntimeStart = result.Map.Imports.ContainsKey(RuntimeModules.LivePackage)
            ? Browser.RuntimeStart.ElementFor(Generation ?? "", result.Map.Imports.GetValueOrDefault(RuntimeModules.BusPackage))
            : default;
    }

    /// <summary>No service has a manifest: pages carry no import map.</summary>
    public static FederationSnapshot None { get; } = Make(new Dictionary<string, KnownService>(), FederationTerms.Usual, DateTimeOffset.UnixEpoch, hasMap: false, null);

    /// <summary>Each service that ever had a manifest.</summary>
    public FrozenDictionary<string, KnownService> Services { get; }

    /// <summary>The last good manifest of each.</summary>
    public FrozenDictionary<string, ServiceManifest> Manifests { get; }

    /// <summary>What was negotiated over.</summary>
    public Portfolio Portfolio { get; }

    public NegotiationResult Result { get; }

    /// <summary>Names the map for all pages; null without one.</summary>
    public string? Generation { get; }

    /// <summary>The script that starts the gateway's own browser modules, with its element; nothing without them.</summary>
    public ReadOnlyMemory<byte> RuntimeStart { get; }

    /// <summary>The stand-ins by their addresses.</summary>
    public FrozenDictionary<string, byte[]> Stubs { get; }

    /// <summary>Pages tell browsers to refuse scripts without a hash.</summary>
    public bool IntegrityPolicy => _terms.IntegrityPolicy;

    /// <summary>Negotiates over what is known. Whether the result may be published is the caller's to look at.</summary>
    /// <param name="services">What is known.</param>
    /// <param name="terms">What the operator wants.</param>
    /// <param name="now">The time that says how fresh the knowledge is.</param>
    /// <param name="hasMap">Whether any service is to have a manifest: then a map is written, even while it is empty.</param>
    /// <param name="before">What was published last.</param>
    public static FederationSnapshot Make(
        IReadOnlyDictionary<string, KnownService> services, FederationTerms terms, DateTimeOffset now, bool hasMap, FederationSnapshot? before)
    {
        var hasRuntime = terms.Runtime && services.Count > 0;
        var portfolio = new Portfolio
        {
            Services =
            [
                .. services.Values.OrderBy(s => s.Name, StringComparer.Ordinal).SelectMany(s => Participants(s, terms, now)),
                .. hasRuntime ? [RuntimeOffer.Service] : Array.Empty<PortfolioService>(),
            ],
            Policy = hasRuntime ? terms.Policy with { ProviderRules = terms.Policy.ProviderRules.Insert(0, RuntimeOffer.Rule) } : terms.Policy,
            Previous = terms.Policy.Strategy == WinnerStrategy.Sticky && before is not null
                ? NegotiationReport.ToPrevious(before.Result)
                : ImmutableSortedDictionary.Create<string, PreviousWinner>(StringComparer.Ordinal),
        };
        return new FederationSnapshot(services, terms, hasMap, portfolio, Negotiator.Negotiate(portfolio));
    }

    /// <summary>The manifests alone, as if each service had been seen just now.</summary>
    public static FederationSnapshot Of(IReadOnlyDictionary<string, ServiceManifest> manifests)
    {
        var now = DateTimeOffset.UnixEpoch;
        var services = manifests.ToDictionary(m => m.Key, m => new KnownService(new KnownRevision(m.Key, m.Value, default, now), now));
        return Make(services, FederationTerms.Usual, now, hasMap: true, null);
    }

    public KnownRevision? Revision(string service, string word) => _byBase.GetValueOrDefault(KnownRevision.BaseUrlOf(service, word));

    /// <summary>The map for a page that shows fragments of these services.</summary>
    public PageMap MapFor(IEnumerable<string> services)
    {
        if (!_hasMap)
        {
            return PageMap.None;
        }

        var map = Result.Map;
        var entries = map.Imports.Count + map.Scopes.Sum(static scope => scope.Value.Count);
        var names = entries <= _terms.WholeMapEntries ? ["*"] : services.Append(RuntimeOffer.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return _projections.GetOrAdd(string.Join(' ', names), _ => Write(names is ["*"] ? map : MapProjection.Of(map, Portfolio.Services, names)));
    }

    /// <summary>Where a module of a service, or the page itself, gets a specifier from; null when browsers would refuse it.</summary>
    public string? Resolve(string specifier, string? importer) => _resolver.Value.Resolve(specifier, importer);

    /// <summary>Whose file an address leads to.</summary>
    public (KnownRevision Revision, NamedFile File)? FileAt(string address)
    {
        var word = address.StartsWith("/_s/", StringComparison.Ordinal) ? address.IndexOf("/~", 4, StringComparison.Ordinal) : -1;
        var end = word < 0 ? -1 : address.IndexOf('/', word + 1);
        return end > 0 && _byBase.TryGetValue(address[..(end + 1)], out var revision) && revision.Files.TryGetValue(address[(end + 1)..], out var file)
            ? (revision, file)
            : null;
    }

    private static IEnumerable<PortfolioService> Participants(KnownService service, FederationTerms terms, DateTimeOffset now)
    {
        foreach (var revision in service.Revisions)
        {
            yield return new PortfolioService(service.Name, revision.Manifest, revision.BaseUrl)
            {
                IsHost = service.Name == terms.Host,
                IsRetained = revision.Replaced is not null,
                State = service.StateAt(now, terms),
                AssetsUp = service.AssetsUp,
                TrustTier = terms.Tiers.GetValueOrDefault(service.Name),
            };
        }
    }

    private PageMap Write(ImportMap map)
    {
        var complete = _terms.IntegrityPolicy ? WithEveryHash(map) : map;
        var json = complete.ToUtf8Bytes();
        return new PageMap(
            complete,
            (byte[])[.. "<script type=\"importmap\">"u8, .. json, .. "</script>"u8],
            $"'sha256-{Convert.ToBase64String(SHA256.HashData(json))}'");
    }

    // Where scripts without a hash are refused, files that no specifier leads to need one, too.
    private ImportMap WithEveryHash(ImportMap map)
    {
        var owners = map.Imports.Values.Concat(map.Scopes.SelectMany(static scope => scope.Value.Values)).Select(a => FileAt(a)?.Revision).OfType<KnownRevision>().Distinct();
        var files = owners.SelectMany(static r => r.Files.Values.Where(static f => f.Integrity is not null).Select(f => KeyValuePair.Create(r.BaseUrl + f.Path, f.Integrity!)));
        var stubs = Result.Stubs.Select(s => KeyValuePair.Create(s.Url, "sha384-" + Convert.ToBase64String(SHA384.HashData(Stubs[s.Url]))));
        return new ImportMap(map.Imports, map.Scopes, map.Integrity.Concat(files).Concat(stubs));
    }

    // What a name exported before it vanished, importers still want.
    private ModuleStub WithExports(ModuleStub stub) => stub.Exports.IsDefaultOrEmpty && stub.Specifier.IndexOf('/') is > 0 and var slash
        && Services.TryGetValue(stub.Specifier[..slash], out var service)
        && service.Revisions.SelectMany(r => r.Manifest.Exposes).FirstOrDefault(e => e.Name == stub.Specifier[(slash + 1)..]) is { } exposed
            ? stub with { Exports = exposed.Exports }
            : stub;
}
