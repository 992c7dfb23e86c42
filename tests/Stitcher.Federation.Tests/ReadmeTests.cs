using System.Buffers;
using System.Text;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;
using Stitcher.Federation.Tests.Manifests;
using Xunit;

namespace Stitcher.Federation.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_readmes_example_makes_a_map()
    {
        var bytes = Encoding.UTF8.GetBytes(ManifestJson.With("exposes", """[{ "key": "./Card", "module": "card.js" }, { "key": "bad" }]"""));
        var output = new ArrayBufferWriter<byte>();
        var errors = new StringWriter();

        Example(bytes, output, errors);

        Assert.Equal("""{"imports":{"shop/Card":"/_s/products/assets/card.js"}}""", Encoding.UTF8.GetString(output.WrittenSpan));
        Assert.StartsWith("FED331 exposes[1].key: ", errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_shows_the_example_that_is_tested()
    {
        var root = Project.Root;
        var shown = Lines(File.ReadAllText(Path.Combine(root, "src/Stitcher.Federation/README.md")).Split("```csharp\n")[1].Split("```")[0]);
        var tested = Lines(File.ReadAllText(Path.Combine(root, "tests/Stitcher.Federation.Tests/ReadmeTests.cs")))
            .Select(static line => line.Replace("errors.WriteLine", "Console.Error.WriteLine", StringComparison.Ordinal));

        Assert.Contains(string.Join('\n', shown), string.Join('\n', tested), StringComparison.Ordinal);
    }

    private static void Example(byte[] bytes, IBufferWriter<byte> output, TextWriter errors)
    {
        var products = StitcherManifest.Read(bytes, out var problems);
        foreach (var problem in problems)
        {
            errors.WriteLine($"{problem.Code} {problem.Subject}: {problem.Message}");
        }

        if (products is not null)
        {
            var service = new PortfolioService(products.Name, products, "/_s/products/assets/");
            var result = Negotiator.Negotiate(new Portfolio { Services = [service] });
            result.Map.WriteTo(output);
        }
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);
}
