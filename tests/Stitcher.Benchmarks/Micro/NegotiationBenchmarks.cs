using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Benchmarks.Micro;

/// <summary>What a changed manifest costs a gateway of fifty services that share forty packages.</summary>
[MemoryDiagnoser]
public class NegotiationBenchmarks
{
    private Portfolio _portfolio = new();

    [GlobalSetup]
    public void Setup()
    {
        // Each service declares all forty; their versions and ranges differ enough that every tenth package is split.
        var services = Enumerable.Range(0, 50).Select(static service => new PortfolioService(
            $"service-{service:00}",
            new ServiceManifest
            {
                Name = $"service-{service:00}",
                Revision = "r1",
                Exposes = [new ExposedModule { Key = "./Card", Module = "card.js" }],
                Shared = [.. Enumerable.Range(0, 40).Select(package => Row(service, package))],
            },
            $"/_s/service-{service:00}/~r1/"));
        _portfolio = new Portfolio { Services = [.. services] };
    }

    [Benchmark]
    public object Negotiate() => Negotiator.Negotiate(_portfolio);

    private static SharedPackage Row(int service, int package)
    {
        var major = package % 10 == 0 ? 1 + (service % 3) : 1;
        var name = $"package-{package:00}";
        return new SharedPackage
        {
            Package = name,
            Version = $"{major}.{service % 7}.{service % 5}",
            RequiredVersion = $"^{major}.0.0",
            Singleton = package % 2 == 0,
            StrictVersion = package % 4 == 0,
            Entries = ImmutableSortedDictionary<string, string>.Empty.Add(name, $"{name}.js").Add($"{name}/more.js", $"{name}-more.js"),
            Requires = package > 0 && package % 5 == 0
                ? ImmutableSortedDictionary<string, string>.Empty.Add($"package-{package - 1:00}", "^1.0.0")
                : ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}
