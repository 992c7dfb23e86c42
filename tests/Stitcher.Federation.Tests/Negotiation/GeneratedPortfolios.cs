using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Federation.Tests.Negotiation;

/// <summary>Portfolios as no team would write them: few names, many conflicts.</summary>
internal static class GeneratedPortfolios
{
    /// <summary>How many are looked at: 500, or as many as the variable STITCHER_PORTFOLIOS says.</summary>
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("STITCHER_PORTFOLIOS"), CultureInfo.InvariantCulture, out var count) ? count : 500;

    private static readonly string[] Packages = ["p", "q", "r", "@s/t", "@s/u"];

    private static readonly Gen<string> Version = Gen.OneOf("1.0.0", "1.2.0", "1.2.0+b", "2.0.0", "2.1.0-rc.1", "0.0.5", "0.1.0", "bad");

    private static readonly Gen<string?> Range = Gen.OneOf<string?>(
        "^1.0.0", "^1.2.0", "^2.0.0", "*", ">=1.0.0", "~1.2.0", "^0.1.0", "^1.0.0 || ^2.0.0", "2.1.0-rc.1", "nonsense", null);

    private static readonly Gen<ImmutableSortedDictionary<string, string>> Requires =
        Gen.Select(Gen.OneOf(Packages), Range.Where(static range => range is not null)).List[0, 2]
            .Select(static list => list.DistinctBy(static pair => pair.Item1).ToImmutableSortedDictionary(
                static pair => pair.Item1, static pair => pair.Item2!, StringComparer.Ordinal));

    private static readonly Gen<SharedPackage> Row =
        Gen.Select(Gen.OneOf(Packages), Version, Range, Gen.Int[0, 255], Gen.Int[0, 19], Gen.Int[0, 9], Requires, Gen.Bool)
            .Select(static (package, version, range, flags, rare, entries, requires, requiring) => new SharedPackage
            {
                Package = package,
                Version = rare == 0 ? null : version,
                RequiredVersion = range,
                AnyVersion = rare == 1,
                Singleton = (flags & 1) > 0,
                StrictVersion = (flags & 2) > 0,
                Eager = (flags & 4) > 0,
                Import = (flags & 56) > 0,
                Dedupe = rare != 2,
                Provide = rare != 3,
                ShareScope = rare == 4 ? "team" : SharedPackage.DefaultShareScope,
                Family = rare is 5 or 6 ? "f" : null,
                Entries = Entries(package, entries),
                Requires = requiring ? requires : ImmutableSortedDictionary<string, string>.Empty,
            });

    private static readonly Gen<PortfolioService> Service =
        Gen.Select(Gen.Int[0, 6], Gen.Int[1, 2], Row.List[0, 4], Gen.Int[0, 39], Gen.Int[0, 3])
            .Select(static (name, revision, rows, rare, key) => Of($"s{name}", $"r{revision}", rows, rare, key));

    private static readonly Gen<NegotiationPolicy> Policy =
        Gen.Select(Gen.Int[0, 31], Gen.Int[0, 9], Gen.OneOf(Packages), Version)
            .Select(static (flags, rare, package, version) => new NegotiationPolicy
            {
                SingletonConflict = (flags & 3) == 3 ? SingletonConflict.Quarantine : SingletonConflict.Isolate,
                SoftLimitMajor = (flags & 12) == 12,
                HostPrecedence = (flags & 16) > 0,
                FamilyPerNpmScope = rare == 0,
                ProviderRules = rare == 1 ? [new ProviderRule("@s/*", ["s1", "s2"])] : [],
                Overrides = rare is 2 or 3 or 4
                    ? ImmutableSortedDictionary<string, PackageOverride>.Empty.Add(package, rare switch
                    {
                        2 => new PackageOverride { Pin = version },
                        3 => new PackageOverride { Ban = [version] },
                        _ => new PackageOverride { Floor = ">=1.2.0" },
                    })
                    : ImmutableSortedDictionary<string, PackageOverride>.Empty,
            });

    public static Gen<Portfolio> All { get; } = Gen.Select(Service.List[1, 7], Policy).Select(static (services, policy) => new Portfolio
    {
        Services = [.. services.DistinctBy(static service => service.Id)],
        Policy = policy,
    });

    private static PortfolioService Of(string name, string revision, List<SharedPackage> rows, int rare, int key) => new(
        name,
        new ServiceManifest
        {
            Name = name,
            Revision = revision,
            Exposes = key == 0 ? [] : [new ExposedModule { Key = $"./K{key}", Module = $"k{key}.js" }],
            Consumes = key == 3 ? [new ConsumedService { Service = "s1", Exposes = ["./K1"] }] : [],
            Shared = [.. rows.DistinctBy(static row => row.Package)],
            Internal = rare == 9 ? ImmutableSortedDictionary<string, string>.Empty.Add("q/", "mine/") : ImmutableSortedDictionary<string, string>.Empty,
        },
        $"/s/{name}/{revision}/")
    {
        IsHost = rare == 0,
        IsRetained = rare is >= 1 and <= 6,
        State = rare switch { 7 => ManifestState.Stale, 8 => ManifestState.Expired, _ => ManifestState.Fresh },
        AssetsUp = rare != 10,
        TrustTier = rare == 11 ? 1 : 0,
    };

    private static ImmutableSortedDictionary<string, string> Entries(string package, int kind)
    {
        var file = package.Replace("/", "_", StringComparison.Ordinal);
        var entries = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        entries[package] = $"{file}.js";
        if (kind is 1 or 3)
        {
            entries[$"{package}/sub.js"] = $"{file}-sub.js";
        }

        if (kind is 2 or 3)
        {
            entries[$"{package}/"] = $"{file}/";
        }

        return entries.ToImmutable();
    }
}
