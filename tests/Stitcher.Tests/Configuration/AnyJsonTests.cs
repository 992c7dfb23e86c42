using System.Text.Json;
using CsCheck;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class AnyJsonTests
{
    private static readonly string[] Words =
    [
        "Pages", "Services", "Name", "Route", "Layout", "Delivery", "Deadline", "Trust", "Cluster", "Manifest", "Fragments", "Path", "Assets", "Limits",
        "SlotsPerPage", "Cache", "Bytes", "Management", "Url", "Session", "FormOrigins", "ErrorPages", "404", "Federation", "PollInterval", "0", "1", "", "/", "/{a}", "/{", "..", "2s", "Auto",
        "http://x:1", "://", "products", "\u0000", "%2e%2e", "ſ",
    ];

    private static readonly Gen<string> Word = Gen.Frequency((5, Gen.Int[0, Words.Length - 1].Select(i => Words[i])), (1, Gen.String[0, 6]));

    private static readonly Gen<object?> Leaf = Gen.OneOf(
        Word.Select(word => (object?)word),
        Gen.Long.Select(number => (object?)number),
        Gen.Bool.Select(flag => (object?)flag),
        Gen.Const((object?)null));

    private static readonly Gen<object?> Value = Gen.Recursive<object?>((depth, self) => depth > 4
        ? Leaf
        : Gen.Frequency(
            (2, Leaf),
            (2, self.Array[0, 4].Select(items => (object?)items)),
            (5, Gen.Select(Word, self).Array[0, 6].Select(pairs => (object?)pairs.DistinctBy(p => p.Item1.ToUpperInvariant()).ToDictionary(p => p.Item1, p => p.Item2)))));

    [Fact]
    public void No_JSON_under_the_section_makes_the_reader_throw() =>
        Value.Sample(
            value =>
            {
                using var files = ConfigurationFiles.With(JsonSerializer.Serialize(new Dictionary<string, object?> { ["Stitcher"] = value }));
                try
                {
                    files.Build();
                }
                catch (InvalidDataException)
                {
                    // Two keys of one name ("a:b" and "a" with "b" in it): the file is refused as a whole, before it is ours to judge.
                    return;
                }

                Assert.DoesNotContain(files.Read("Production", "products").Errors, string.IsNullOrWhiteSpace);
            },
            iter: 1_500,
            threads: 1);
}
