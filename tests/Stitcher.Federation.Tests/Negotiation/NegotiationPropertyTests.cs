using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using CsCheck;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Federation.Versions;
using Xunit;

namespace Stitcher.Federation.Tests.Negotiation;

public sealed class NegotiationPropertyTests
{
    private static readonly string[] Excuses = ["FED201", "FED302", "FED303", "FED311"];

    [Fact]
    public void The_order_of_the_services_leaves_no_trace() => Hold(static (portfolio, result) =>
    {
        var shuffled = portfolio.Services.ToArray();
        new Random(portfolio.Services.Length).Shuffle(shuffled);
        var backwards = portfolio.Services.Reverse().ToImmutableArray();
        var first = Written(portfolio, result);
        return first == Written(portfolio, Negotiator.Negotiate(portfolio with { Services = [.. shuffled] }))
            && first == Written(portfolio, Negotiator.Negotiate(portfolio with { Services = backwards }));
    });

    [Fact]
    public void What_was_decided_is_what_browsers_resolve() => Hold(static (_, result) => result.IsPublishable);

    [Fact]
    public void A_strict_service_that_is_shown_runs_inside_its_range_or_on_its_own_copy() => Hold(static (portfolio, result) =>
    {
        var resolver = new ImportMapResolver(result.Map);
        return Shown(portfolio, result).All(service => service.Manifest.Shared
            .Where(static row => row.StrictVersion)
            .All(row => resolver.Resolve(row.Package, service.BaseUrl) is not { } address
                || Provider(portfolio, address) is not { } provider
                || provider.Id == service.Id
                || Accepts(row, provider.Manifest.Shared.Single(other => other.Package == row.Package))));
    });

    [Fact]
    public void A_service_that_is_shown_finds_everything_it_declares() => Hold(static (portfolio, result) =>
    {
        var resolver = new ImportMapResolver(result.Map);
        return Shown(portfolio, result).All(service => service.Manifest.Shared.All(row =>
            row.Entries.Keys.Where(static specifier => !specifier.EndsWith('/')).All(specifier => resolver.Resolve(specifier, service.BaseUrl) is not null)));
    });

    [Fact]
    public void A_package_and_who_imports_it_run_on_the_same_dependencies() => Hold(static (portfolio, result) =>
    {
        var resolver = new ImportMapResolver(result.Map);
        return portfolio.Services
            .Where(static service => service.State != ManifestState.Expired)
            .Where(service => !result.Diagnostics.Any(said => said.Service == service.Id && Excuses.Contains(said.Code)))
            .All(service => service.Manifest.Shared.All(row => SeesTheSame(portfolio, resolver, service, row)));
    });

    [Fact]
    public void What_open_pages_still_use_changes_no_winner() => Hold(static (portfolio, result) =>
    {
        var without = Negotiator.Negotiate(portfolio with { Services = [.. portfolio.Services.Where(static service => !service.IsRetained)] });
        return without.Decisions.All(pair =>
            result.Decisions.TryGetValue(pair.Key, out var with)
            && with.Winner?.Provider == pair.Value.Winner?.Provider
            && with.Packages.SequenceEqual(pair.Value.Packages));
    });

    [Fact]
    public void A_service_that_only_shares_never_writes_what_others_expose() => Hold(static (portfolio, result) =>
        result.Map.Imports.All(pair =>
            portfolio.Services.Any(service => service.Manifest.Shared.Any(row => row.Entries.ContainsKey(pair.Key)) && pair.Value.StartsWith(service.BaseUrl, StringComparison.Ordinal))
            || portfolio.Services.Any(service =>
                pair.Key.StartsWith(service.Name + "/", StringComparison.Ordinal) && pair.Value.StartsWith(service.BaseUrl, StringComparison.Ordinal))));

    private static void Hold(Func<Portfolio, NegotiationResult, bool> property) => GeneratedPortfolios.All.Sample(
        portfolio => property(portfolio, Negotiator.Negotiate(portfolio)),
        iter: GeneratedPortfolios.Count,
        threads: 2,
        print: static portfolio => Written(portfolio, Negotiator.Negotiate(portfolio)) + "\n" + string.Join('\n', portfolio.Services.Select(Text)) + portfolio.Policy);

    private static string Text(PortfolioService service) =>
        $"{service.Id} host={service.IsHost} retained={service.IsRetained} {service.State} up={service.AssetsUp} trust={service.TrustTier}\n"
        + string.Join('\n', service.Manifest.Shared.Select(static row =>
            $"   {row.Package} {row.Version} ({(row.AnyVersion ? "any" : row.RequiredVersion)}) {(row.Singleton ? "S" : "")}{(row.StrictVersion ? "T" : "")}"
            + $"{(row.Import ? "" : "X")}{(row.Provide ? "" : "P")}{(row.Dedupe ? "" : "D")} {row.ShareScope} fam={row.Family} +{string.Join(',', row.Entries.Keys)} "
            + $"needs {string.Join(',', row.Requires)}"));

    private static IEnumerable<PortfolioService> Shown(Portfolio portfolio, NegotiationResult result) =>
        portfolio.Services.Where(service => service.State != ManifestState.Expired && !result.Withheld.Contains(service.Id));

    private static bool SeesTheSame(Portfolio portfolio, ImportMapResolver resolver, PortfolioService service, SharedPackage row)
    {
        if (resolver.Resolve(row.Package, service.BaseUrl) is not { } address || Provider(portfolio, address) is not { } provider)
        {
            return true;
        }

        var copy = provider.Manifest.Shared.Single(other => other.Package == row.Package);
        return copy.Requires.Keys
            .Where(package => service.Manifest.Shared.Any(other => other.Package == package))
            .All(package => resolver.Resolve(package, address) == resolver.Resolve(package, service.BaseUrl));
    }

    private static bool Accepts(SharedPackage row, SharedPackage copy)
    {
        Assert.True(PackageVersion.TryParse(copy.Version, out var version));
        if (row.AnyVersion)
        {
            return true;
        }

        var text = row.RequiredVersion is { } range && VersionRange.TryParseNpm(range, out _) ? range
            : PackageVersion.TryParse(row.Version, out var own) ? "^" + own.ToString().Split('+')[0]
            : null;
        return text is null || (VersionRange.TryParseNpm(text, out var parsed) && parsed.Accepts(version));
    }

    private static PortfolioService? Provider(Portfolio portfolio, string address) => portfolio.Services.FirstOrDefault(service =>
        address.StartsWith(service.BaseUrl, StringComparison.Ordinal)
        && service.Manifest.Shared.Any(row => row.Entries.ContainsValue(address[service.BaseUrl.Length..])));

    private static string Written(Portfolio portfolio, NegotiationResult result)
    {
        var output = new ArrayBufferWriter<byte>();
        var file = new PortfolioFile { Portfolio = portfolio, Refused = [], Declared = ImmutableSortedDictionary<string, ImmutableArray<string>>.Empty };
        NegotiationReport.Write(result, file, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
