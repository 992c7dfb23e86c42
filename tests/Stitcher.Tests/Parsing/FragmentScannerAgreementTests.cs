using System.Text;
using CsCheck;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Stitcher.Tests.Conventions;
using Xunit;

namespace Stitcher.Tests.Parsing;

/// <summary>The scanner may say no to anything; what it says yes to, the parser has to confirm byte for byte.</summary>
public sealed class FragmentScannerAgreementTests(ITestOutputHelper output)
{
    // Half a minute's worth of every test run would be too much; a long run is one variable away.
    private static readonly int Samples = int.TryParse(Environment.GetEnvironmentVariable("STITCHER_SCANNER_SAMPLES"), out var samples) ? samples : 40_000;

    private static readonly string Html5Lib =
        Environment.GetEnvironmentVariable("STITCHER_HTML5LIB") ?? Path.Combine(Repository.Root.FullName, "..", "shared", "data", "html5lib");

    [Fact]
    public void Whatever_is_proven_the_parser_would_show_by_the_same_bytes()
    {
        var claimed = 0;
        Gen.Byte.Array[4, 160].Sample(
            decisions =>
            {
                var inputs = FragmentScannerInputs.From(decisions);
                var trust = (TrustLevel)(decisions[^1] % 3);
                if (FragmentScannerOracle.Agree(inputs.Html, inputs.Context, trust, inputs.Limits))
                {
                    Interlocked.Increment(ref claimed);
                }
            },
            iter: Samples);
        output.WriteLine($"{claimed} of {Samples} proven");
        Assert.True(claimed > Samples / 20, $"only {claimed} of {Samples} inputs were proven: the comparison says little");
    }

    [Fact]
    public void What_the_parser_writes_anew_and_is_proven_it_would_show_by_the_same_bytes()
    {
        var written = 0;
        Gen.Byte.Array[4, 120].Sample(
            decisions =>
            {
                var inputs = FragmentScannerInputs.From(decisions);
                var trust = (TrustLevel)(decisions[^1] % 3);
                if (FragmentScannerOracle.WrittenAnew(inputs.Html, inputs.Context, trust) is { } html
                    && FragmentScannerOracle.Proves(html, inputs.Context, trust))
                {
                    Interlocked.Increment(ref written);
                    var contradiction = FragmentScannerOracle.Contradiction(html, inputs.Context, trust);
                    Assert.True(contradiction is null, $"in <{inputs.Context.Ancestors}>: {Encoding.UTF8.GetString(inputs.Html)}\n{Encoding.UTF8.GetString(html)}\n{contradiction}");
                }
            },
            iter: Samples / 8);
        output.WriteLine($"{written} of {Samples / 8} written anew");
        Assert.NotEqual(0, written);
    }

    [Fact]
    public void Nothing_is_proven_of_the_parsers_own_test_inputs_that_is_not_so()
    {
        Assert.SkipUnless(Directory.Exists(Html5Lib), "the html5lib tree-construction inputs are not there; STITCHER_HTML5LIB names their folder");
        string[] places = ["", "p", "a", "li", "button", "h1", "form", "table tbody tr td", "b"];
        var contexts = places.Select(p => SlotContext.Of($"html body {p}".TrimEnd().Split(' '), quirks: false)).ToList();
        var inputs = Directory.EnumerateFiles(Html5Lib, "*.dat").SelectMany(InputsOf).ToList();
        Assert.NotEmpty(inputs);
        var claimed = inputs.Sum(input => contexts.Count(context => FragmentScannerOracle.Agree(input, context)));
        output.WriteLine($"{claimed} of {inputs.Count * contexts.Count} proven");
    }

    private static IEnumerable<byte[]> InputsOf(string file)
    {
        foreach (var test in File.ReadAllText(file).Split("#data\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var end = test.IndexOf("\n#errors", StringComparison.Ordinal);
            if (end >= 0)
            {
                yield return Encoding.UTF8.GetBytes(test[..end]);
            }
        }
    }
}
