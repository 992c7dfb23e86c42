using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class FederationHistoryTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private readonly FederationHistory _history = new();

    [Fact]
    public void What_stays_the_same_is_no_change()
    {
        Note(0, "1.0.0");
        Note(1, "1.0.0");
        Assert.Equal([Start], _history.Changes.Select(static c => c.At));
    }

    [Fact]
    public void The_newest_change_comes_first_and_only_so_many_are_remembered()
    {
        for (var i = 0; i < 100; i++)
        {
            Note(i, $"1.0.{i}");
        }

        Assert.Equal(FederationHistory.MostChanges, _history.Changes.Length);
        Assert.Equal(Start.AddMinutes(99), _history.Changes[0].At);
        Assert.Equal(["package lit: 1.0.98 from cart → 1.0.99 from cart"], Items(_history.Changes[0]));
    }

    [Fact]
    public void A_change_of_a_thousand_services_is_told_in_part_and_counted()
    {
        var services = Enumerable.Range(0, 1_000).Select(static i => Service($"s{i:000}", "1.0.0"));
        Note(0, [.. services]);
        Assert.Equal(FederationHistory.MostItems, _history.Changes[0].Items.Length);
        Assert.Equal(1_001 - FederationHistory.MostItems, _history.Changes[0].Further);
    }

    [Fact]
    public void A_map_that_names_other_files_is_a_change_although_nobody_won_or_came()
    {
        Note(0, Service("cart", "1.0.0"));
        Note(1, Service("cart", "1.0.0") with { BaseUrl = "/_s/cart/~elsewhere/" });
        Assert.Equal(["map import map: names other files, or other hashes of them"], Items(_history.Changes[0]));
        Assert.True(_history.Changes[0].IsNewMap);
    }

    [Fact]
    public void A_service_that_goes_and_an_error_that_ends_with_it_are_told()
    {
        var strict = Service("orders", "2.0.0", isStrict: true);
        Note(0, Service("cart", "3.0.0", isStrict: true), strict);
        Note(1, Service("cart", "3.0.0", isStrict: true));
        Assert.Contains("service orders: went; it had revision r1", Items(_history.Changes[0]));
        Assert.Contains(Items(_history.Changes[0]), static item => item.StartsWith("problem FED301: is over: ", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Items(FederationChange change) => change.Items.Select(static i => $"{i.Kind} {i.Subject}: {i.Says}");

    private void Note(int minute, string version) => Note(minute, Service("cart", version));

    private void Note(int minute, params PortfolioService[] services)
    {
        var portfolio = new Portfolio { Services = [.. services] };
        var result = Negotiator.Negotiate(portfolio);
        _history.Note(portfolio, result, result.Generation(), Start.AddMinutes(minute));
    }

    private static PortfolioService Service(string name, string version, bool isStrict = false)
    {
        var shared = new SharedPackage
        {
            Package = "lit",
            Version = version,
            RequiredVersion = "^" + version,
            Singleton = isStrict,
            StrictVersion = isStrict,
            Entries = Files,
        };
        return new PortfolioService(name, new ServiceManifest { Name = name, Revision = "r1", Shared = [shared] }, $"/_s/{name}/~r1/");
    }

    private static readonly ImmutableSortedDictionary<string, string> Files =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("lit", "lit.js");
}
