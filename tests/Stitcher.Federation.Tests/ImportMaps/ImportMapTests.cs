using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using CsCheck;
using Stitcher.Federation.ImportMaps;
using Xunit;

namespace Stitcher.Federation.Tests.ImportMaps;

public sealed class ImportMapTests
{
    [Fact]
    public void An_empty_map_is_still_a_map() => Assert.Equal("""{"imports":{}}""", Written(ImportMap.Empty));

    [Fact]
    public void Keys_are_in_ordinal_order_and_empty_parts_are_left_out()
    {
        var map = new ImportMap(imports: Pairs(("b", "/b.js"), ("a/Z", "/z.js"), ("a", "/a.js"), ("B", "/B.js")));

        Assert.Equal("""{"imports":{"B":"/B.js","a":"/a.js","a/Z":"/z.js","b":"/b.js"}}""", Written(map));
    }

    [Fact]
    public void Scopes_and_hashes_follow_the_imports()
    {
        var inner = ImmutableSortedDictionary<string, string>.Empty.Add("#util", "/_s/a/util.js");
        var map = new ImportMap(
            scopes: [KeyValuePair.Create("/_s/a/", inner)],
            integrity: Pairs(("/_s/a/util.js", "sha384-x")));

        Assert.Equal("""{"scopes":{"/_s/a/":{"#util":"/_s/a/util.js"}},"integrity":{"/_s/a/util.js":"sha384-x"}}""", Written(map));
    }

    [Fact]
    public void No_specifier_can_close_the_element_the_map_stands_in()
    {
        var text = Written(new ImportMap(imports: Pairs(("</script><script>alert('1')</script>&<!--\u2028\u2029", "/x.js"))));

        Assert.DoesNotContain(text, static character => character is '<' or '>' or '&' or '\'' or '\u2028' or '\u2029');
    }

    [Fact]
    public void Whatever_is_mapped_can_be_read_back_and_stays_harmless_in_a_page()
    {
        var text = Gen.String[Gen.OneOf(Gen.Char, Gen.OneOf('<', '>', '&', '\'', '"', '\u2028', '/', '\\')), 0, 20]
            .Where(static value => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value)) == value);

        Gen.Dictionary(text, text)[0, 10].Sample(pairs =>
        {
            var bytes = new ImportMap(imports: pairs, integrity: pairs).ToUtf8Bytes();
            using var json = JsonDocument.Parse(bytes);
            var read = json.RootElement.GetProperty("imports").EnumerateObject()
                .ToDictionary(static property => property.Name, static property => property.Value.GetString());
            return read.Count == pairs.Count
                && pairs.All(pair => read[pair.Key] == pair.Value)
                && bytes.AsSpan().IndexOfAny("<>&'"u8) < 0;
        });
    }

    [Fact]
    public void The_order_of_insertion_leaves_no_trace()
    {
        var gen = Gen.Dictionary(Gen.String[1, 5].Where(static s => s.All(static c => !char.IsSurrogate(c))), Gen.Const("/x.js"))[0, 12];
        gen.Sample(static pairs =>
            Written(new ImportMap(pairs)) == Written(new ImportMap(pairs.Reverse())));
    }

    private static string Written(ImportMap map) => Encoding.UTF8.GetString(map.ToUtf8Bytes());

    private static IEnumerable<KeyValuePair<string, string>> Pairs(params (string Key, string Value)[] pairs) =>
        pairs.Select(static pair => KeyValuePair.Create(pair.Key, pair.Value));
}
