using System.Text.Json;
using Stitcher.Federation.ImportMaps;
using Stitcher.Federation.Negotiation;
using Stitcher.Manifests;
using Stitcher.Tests.Conventions;
using Xunit;

namespace Stitcher.Tests.Manifests;

public sealed class MapProjectionTests
{
    [Fact]
    public void Whatever_a_pages_services_and_their_providers_import_leads_where_the_whole_map_leads()
    {
        using var vectors = JsonDocument.Parse(Repository.Read("tests/Stitcher.Federation.Tests/vectors.json"));
        var compared = 0;
        var leftOut = 0;
        foreach (var vector in vectors.RootElement.GetProperty("vectors").EnumerateArray())
        {
            var file = PortfolioFile.Read(JsonSerializer.SerializeToUtf8Bytes(vector.GetProperty("input")), out var problem);
            Assert.True(file is not null, problem);
            var portfolio = file.Portfolio with
            {
                Services = [.. file.Portfolio.Services.Select(s => s with { BaseUrl = KnownRevision.BaseUrlOf(s.Name, KnownRevision.WordOf(s.Manifest.Revision)) })],
            };
            var whole = Negotiator.Negotiate(portfolio).Map;
            foreach (var name in portfolio.Services.Select(s => s.Name).Distinct())
            {
                var part = MapProjection.Of(whole, portfolio.Services, [name]);
                leftOut += whole.Imports.Count - part.Imports.Count;
                compared += Compare(portfolio, name, new ImportMapResolver(whole), new ImportMapResolver(part));
            }
        }

        Assert.True(compared > 100 && leftOut > 10, $"{compared} resolutions compared, {leftOut} specifiers left out");
    }

    // What is reached may import what it declares itself, and so on.
    private static int Compare(Portfolio portfolio, string name, ImportMapResolver whole, ImportMapResolver part)
    {
        var compared = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(portfolio.Services.Where(s => s.Name == name).Select(s => s.BaseUrl));
        while (open.TryDequeue(out var baseUrl))
        {
            foreach (var service in portfolio.Services.Where(s => s.BaseUrl == baseUrl && seen.Add(baseUrl)))
            {
                foreach (var specifier in service.Manifest.Shared.SelectMany(s => s.Entries.Keys.Concat(s.Requires.Keys)).Where(s => !s.EndsWith('/')).Concat(service.Manifest.Internal.Keys))
                {
                    var expected = whole.Resolve(specifier, baseUrl);
                    Assert.Equal(expected, part.Resolve(specifier, baseUrl));
                    compared++;
                    foreach (var owner in portfolio.Services.Where(s => expected?.StartsWith(s.BaseUrl, StringComparison.Ordinal) == true))
                    {
                        open.Enqueue(owner.BaseUrl);
                    }
                }
            }
        }

        return compared;
    }
}
