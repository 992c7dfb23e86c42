using System.Text;
using System.Text.Json;
using CsCheck;
using Stitcher.Federation.Manifests;
using Xunit;

namespace Stitcher.Federation.Tests.Manifests;

public sealed class HostileManifestTests
{
    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{ "schema": 1, "name": "a", "revision": "1" """)]
    [InlineData("""{ "schema": 1, "name": "a", "name": "b", "revision": "1" }""")]
    [InlineData("""{ "schema": 1, "name": "a", "revision": "1", "\ud800": 1 }""")]
    public void What_is_no_json_object_is_refused_as_a_whole(string json)
    {
        Assert.Null(ManifestJson.Read(json, out var problems));
        Assert.Equal("FED336", Assert.Single(problems).Code);
    }

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        var bytes = Encoding.Latin1.GetBytes("""{ "schema": 1, "name": "a", "revision": "é" }""");

        Assert.Null(StitcherManifest.Read(bytes, out var problems));
        Assert.Equal("FED336", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("""{ "name": "a", "revision": "1" }""")]
    [InlineData("""{ "schema": 2, "name": "a", "revision": "1" }""")]
    [InlineData("""{ "schema": "1", "name": "a", "revision": "1" }""")]
    [InlineData("""{ "schema": 1.5, "name": "a", "revision": "1" }""")]
    public void Another_version_of_the_format_is_not_guessed_at(string json)
    {
        Assert.Null(ManifestJson.Read(json, out var problems));
        Assert.Equal(("FED337", "schema"), (Assert.Single(problems).Code, problems[0].Subject));
    }

    [Theory]
    [InlineData("name", "\"Products\"", "FED335")]
    [InlineData("name", "\"a/b\"", "FED335")]
    [InlineData("name", "\"\"", "FED335")]
    [InlineData("name", "7", "FED335")]
    [InlineData("revision", "\" \"", "FED335")]
    [InlineData("revision", "null", "FED335")]
    [InlineData("base", "\"assets/\"", "FED330")]
    [InlineData("base", "\"/assets\"", "FED330")]
    [InlineData("base", "\"//evil.example/\"", "FED330")]
    [InlineData("base", "\"/a/../../b/\"", "FED330")]
    [InlineData("base", "\"https://evil.example/\"", "FED330")]
    public void Without_a_usable_name_revision_and_base_nothing_can_be_used(string part, string json, string code)
    {
        Assert.Null(ManifestJson.Read(ManifestJson.With(part, json), out var problems));
        Assert.Contains(problems, problem => problem.Code == code && problem.Subject == part);
    }

    [Theory]
    [InlineData("../up.js")]
    [InlineData("a/../../up.js")]
    [InlineData("/abs.js")]
    [InlineData("//evil.example/x.js")]
    [InlineData("https://evil.example/x.js")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/javascript,1")]
    [InlineData("%2e%2e/up.js")]
    [InlineData(".%2E/up.js")]
    [InlineData("%252e%252e/up.js")]
    [InlineData("a%2fb.js")]
    [InlineData("a%5cb.js")]
    [InlineData("a\\b.js")]
    [InlineData("..\\up.js")]
    [InlineData(".\t./up.js")]
    [InlineData(" /abs.js")]
    [InlineData("a.js?v=2")]
    [InlineData("a.js#x")]
    [InlineData("./a.js")]
    [InlineData("a//b.js")]
    [InlineData("<a>.js")]
    public void A_file_outside_the_base_is_left_out_and_the_rest_stays(string file)
    {
        var path = JsonSerializer.Serialize(file);
        var json = ManifestJson.With("exposes", $$"""
            [ { "key": "./Bad", "module": {{path}} },
              { "key": "./Good", "module": "good.js", "css": [ {{path}}, "good.css" ] } ]
            """);

        var manifest = ManifestJson.Read(json, out var problems);

        var good = Assert.Single(manifest!.Exposes);
        Assert.Equal("./Good", good.Key);
        Assert.Equal(["good.css"], good.Css);
        Assert.Equal(["FED330", "FED330"], problems.Select(static problem => problem.Code));
        Assert.Equal(["exposes[0].module", "exposes[1].css[0]"], problems.Select(static problem => problem.Subject));
    }

    [Theory]
    [InlineData("ProductCard")]
    [InlineData("./")]
    [InlineData("./..")]
    [InlineData("./../users/UserProfile")]
    [InlineData("../ProductCard")]
    [InlineData("/ProductCard")]
    [InlineData("https://evil.example")]
    [InlineData("./a b")]
    [InlineData("./a/")]
    public void A_key_outside_the_services_own_name_is_left_out(string key)
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("exposes", $$"""[ { "key": {{JsonSerializer.Serialize(key)}}, "module": "a.js" } ]"""), out var problems);

        Assert.Empty(manifest!.Exposes);
        Assert.Equal(("FED331", "exposes[0].key"), (Assert.Single(problems).Code, problems[0].Subject));
    }

    [Theory]
    [InlineData("/app.js")]
    [InlineData("./app.js")]
    [InlineData("../app.js")]
    [InlineData("https://evil.example/x.js")]
    [InlineData("ht\ntps://evil.example/x.js")]
    [InlineData(" https://evil.example/x.js")]
    [InlineData("blob:x")]
    [InlineData("a\\b")]
    public void A_specifier_that_is_an_address_is_left_out_wherever_it_stands(string specifier)
    {
        var name = JsonSerializer.Serialize(specifier);
        var json = $$"""
            { "schema": 1, "name": "shop", "revision": "r1",
              "internal": { {{name}}: "a.js", "#fine": "b.js" },
              "shared": [ { "package": {{name}}, "version": "1.0.0" },
                          { "package": "lit", "version": "3.0.0", "entries": { {{name}}: "a.js", "lit": "lit.js" } } ] }
            """;

        var manifest = ManifestJson.Read(json, out var problems)!;

        Assert.Equal(["#fine"], manifest.Internal.Keys);
        Assert.Equal(["lit"], Assert.Single(manifest.Shared).Entries.Keys);
        Assert.Equal(3, problems.Count);
        Assert.All(problems, static problem => Assert.Equal("FED331", problem.Code));
    }

    [Fact]
    public void An_entry_may_not_name_somebody_elses_package()
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("shared", """[{ "package": "lit", "entries": { "react": "r.js", "literal": "l.js", "lit/x": "x.js" } }]"""),
            out var problems);

        Assert.Equal(["lit/x"], Assert.Single(manifest!.Shared).Entries.Keys);
        Assert.Equal(["FED331", "FED331"], problems.Select(static problem => problem.Code));
    }

    [Theory]
    [InlineData("lit/", "lit.js")]
    [InlineData("lit", "lit/")]
    public void A_slash_at_one_end_only_is_refused_because_browsers_would_block_the_specifier(string specifier, string file)
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("shared", $$"""[{ "package": "lit", "entries": { "{{specifier}}": "{{file}}" } }]"""), out var problems);

        Assert.Empty(Assert.Single(manifest!.Shared).Entries);
        Assert.Equal("FED332", Assert.Single(problems).Code);
    }

    [Fact]
    public void Of_two_entries_with_one_key_the_first_counts()
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("exposes", """[{ "key": "./A", "module": "1.js" }, { "key": "./A", "module": "2.js" }]"""), out var problems);

        Assert.Equal("1.js", Assert.Single(manifest!.Exposes).Module);
        Assert.Equal(("FED334", "exposes[1].key"), (Assert.Single(problems).Code, problems[0].Subject));
    }

    [Theory]
    [InlineData("fragments/card")]
    [InlineData("//evil.example/card")]
    [InlineData("/a/../card")]
    [InlineData("/a/%2e%2e/card")]
    [InlineData("/a\\b")]
    [InlineData("http://evil.example/card")]
    [InlineData("/card?x=1")]
    public void A_fragment_that_is_not_a_path_on_the_service_is_left_out(string path)
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("exposes", $$"""[{ "key": "./A", "fragment": {{JsonSerializer.Serialize(path)}} }]"""), out var problems);

        Assert.Empty(manifest!.Exposes);
        Assert.Equal("FED330", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=")]
    [InlineData("sha384-short")]
    [InlineData("sha384-\"><script>")]
    public void A_hash_that_browsers_would_not_check_is_left_out(string integrity)
    {
        var manifest = ManifestJson.Read(
            ManifestJson.With("modules", $$"""{ "a.js": { "integrity": {{JsonSerializer.Serialize(integrity)}}, "bytes": 3 } }"""), out var problems);

        Assert.Null(manifest!.Modules["a.js"].Integrity);
        Assert.Equal(3, manifest.Modules["a.js"].Bytes);
        Assert.Equal("FED335", Assert.Single(problems).Code);
    }

    [Theory]
    [InlineData("exposes", "{}")]
    [InlineData("exposes", "[1, null, []]")]
    [InlineData("exposes", """[{ "key": "./A", "category": 4, "css": "a.css", "exports": [1] }]""")]
    [InlineData("shared", """[{ "package": "a", "singleton": "yes", "entries": [], "requires": 3 }]""")]
    [InlineData("modules", """{ "a.js": 1, "b.js": { "bytes": -1 } }""")]
    [InlineData("internal", "[]")]
    [InlineData("consumes", """[{}, { "service": "a", "exposes": [3] }]""")]
    [InlineData("events", "7")]
    [InlineData("builtAt", "\"yesterday\"")]
    [InlineData("builtAt", "\"\\ud800\"")]
    public void A_part_of_another_form_is_reported_and_does_not_harm_the_rest(string part, string json)
    {
        Assert.NotNull(ManifestJson.Read(ManifestJson.With(part, json), out var problems));
        Assert.NotEmpty(problems);
        Assert.All(problems, static problem => Assert.Equal("FED335", problem.Code));
    }

    [Fact]
    public void A_manifest_larger_than_a_mebibyte_is_not_looked_at()
    {
        var padded = ManifestJson.Full + new string(' ', StitcherManifest.MaxBytes);

        Assert.Null(ManifestJson.Read(padded, out var problems));
        Assert.Equal("FED338", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_manifest_with_more_than_ten_thousand_entries_is_refused()
    {
        var many = string.Join(',', Enumerable.Range(0, 10_001).Select(static i => $"\"#{i}\":\"a.js\""));

        Assert.Null(ManifestJson.Read(ManifestJson.With("internal", $"{{{many}}}"), out var problems));
        Assert.Equal("FED338", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_manifest_that_nests_too_deep_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 40)) + string.Concat(Enumerable.Repeat("]", 40));

        Assert.Null(ManifestJson.Read($$"""{ "schema": 1, "name": "a", "revision": "1", "x": {{deep}} }""", out var problems));
        Assert.Equal("FED336", Assert.Single(problems).Code);
    }

    [Fact]
    public void A_message_never_carries_control_characters_into_a_log()
    {
        var file = JsonSerializer.Serialize("../\r\n2026-11-22 FATAL forged\u2028" + new string('x', 300));
        ManifestJson.Read(ManifestJson.With("exposes", $$"""[{ "key": "./A", "module": {{file}} }]"""), out var problems);

        var message = Assert.Single(problems).Message;
        Assert.DoesNotContain(message, static character => char.IsControl(character) || character == '\u2028');
        Assert.True(message.Length < 300);
    }

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        var full = Encoding.UTF8.GetBytes(ManifestJson.Full);
        var mutated = Gen.Select(Gen.Int[0, full.Length - 1], Gen.Byte, Gen.Int[0, full.Length]).List[1, 6].Select(changes =>
        {
            var bytes = (byte[])full.Clone();
            foreach (var (at, value, _) in changes)
            {
                bytes[at] = value;
            }

            return changes[0].Item3 % 4 == 0 ? bytes[..changes[0].Item3] : bytes;
        });

        Gen.OneOf(mutated, Gen.Byte.Array[0, 200]).Sample(static bytes => StitcherManifest.Read(bytes, out var problems) is not null || problems.Length > 0);
    }

    [Fact]
    public void No_accepted_file_leaves_the_base_by_the_platforms_own_rules_for_addresses()
    {
        var piece = Gen.OneOf(
            "..", ".", "/", "\\", "%2e", "%2E", "%2f", "%5c", "a", "js", ":", "//", "?", "#", " ", "\t", "\n", "@", "é", "%", "\0", "http:", "~", "*");
        var folder = new Uri("http://service.example/assets/");

        piece.List[1, 8].Select(static pieces => string.Concat(pieces)).Sample(file =>
        {
            var json = ManifestJson.With("exposes", $$"""[{ "key": "./A", "module": {{JsonSerializer.Serialize(file)}} }]""");
            var module = ManifestJson.Read(json, out _)?.Exposes.FirstOrDefault()?.Module;
            return module is null || (Uri.TryCreate(folder, module, out var address) && address.AbsoluteUri.StartsWith(folder.AbsoluteUri, StringComparison.Ordinal));
        }, iter: 20_000);
    }
}
