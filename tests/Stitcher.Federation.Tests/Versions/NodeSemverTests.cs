using System.Diagnostics;
using System.Text.Json;
using CsCheck;
using Stitcher.Federation.Versions;
using Xunit;

namespace Stitcher.Federation.Tests.Versions;

/// <summary>Asks npm's own <c>semver</c> the same questions. It is found where the variable STITCHER_NODE_SEMVER says, by Node itself, or inside npm.</summary>
/// <remarks>Where there is none, the test is skipped; it fails instead when <c>STITCHER_TESTS_REQUIRE</c> contains <c>node</c>.</remarks>
public sealed class NodeSemverTests
{
    private const string Script = """
        const { dirname, join } = require('path');
        const beside = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'node_modules', 'semver');
        const places = [process.env.STITCHER_NODE_SEMVER, 'semver', beside, '/usr/share/nodejs/semver'];
        const semver = places.filter(Boolean).map(place => { try { return require(place); } catch { return null; } }).find(Boolean);
        if (!semver) process.exit(1);
        let text = '';
        process.stdin.on('data', part => text += part);
        process.stdin.on('end', () => {
            const pairs = JSON.parse(text);
            const answers = pairs.map(([range, version]) => semver.validRange(range) === null || semver.valid(version) === null
                ? null : semver.satisfies(version, range));
            process.stdout.write(JSON.stringify(answers));
        });
        """;

    private static readonly Gen<string> Number = Gen.OneOf("0", "1", "2", "10");
    private static readonly Gen<string> Label = Gen.OneOf("", "", "", "-rc.1", "-rc.2", "-alpha", "-0");
    private static readonly Gen<string> Version = Gen.Select(Number, Number, Number, Label, static (a, b, c, label) => $"{a}.{b}.{c}{label}");

    private static readonly Gen<string> Partial = Gen.OneOf(
        Version,
        Gen.Select(Number, Number, static (a, b) => $"{a}.{b}"),
        Number,
        Gen.Select(Number, Gen.OneOf("x", "*", "X"), static (a, x) => $"{a}.{x}"),
        Gen.Const("*"));

    private static readonly Gen<string> Comparator =
        Gen.Select(Gen.OneOf("", "^", "~", ">=", ">", "<", "<=", "=", "~>", ">= ", "^ "), Partial, static (sign, partial) => sign + partial);

    private static readonly Gen<string> Range = Gen.OneOf(
        Comparator,
        Gen.Select(Comparator, Comparator, static (a, b) => $"{a} {b}"),
        Gen.Select(Partial, Partial, static (a, b) => $"{a} - {b}"),
        Gen.Select(Comparator, Comparator, static (a, b) => $"{a} || {b}"),
        Gen.Select(Comparator, Comparator, Comparator, static (a, b, c) => $"{a} {b}||{c}"));

    [Fact]
    public async Task Ranges_accept_what_npms_own_semver_accepts()
    {
        var pairs = Gen.Select(Range, Version).Array[20_000].Single(static _ => true, "0RsyYkFGvL22");
        var answers = await AskAsync([.. pairs.Select(static pair => (string[])[pair.Item1, pair.Item2])]);
        var isRequired = (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);
        Assert.False(answers is null && isRequired, "Node and its package 'semver' are required, and were not found.");
        Assert.SkipWhen(answers is null, "npm's semver was not asked: Node, or the package 'semver', was not found; set STITCHER_NODE_SEMVER to its folder.");

        var wrong = new List<string>();
        for (var i = 0; i < pairs.Length; i++)
        {
            var (range, version) = pairs[i];
            if (answers[i] is { } expected
                && (!VersionRange.TryParseNpm(range, out var parsed)
                    || !PackageVersion.TryParse(version, out var candidate)
                    || parsed.Accepts(candidate) != expected)
                && !IsKnown(range))
            {
                wrong.Add($"'{range}' {version}: {expected}");
            }
        }

        Assert.Empty(wrong);
        Assert.InRange(answers.Count(static answer => answer == true), 2_000, 18_000);
    }

    // npm takes "anything or that prerelease" for "anything", and so forgets the prerelease; the union is what was written.
    private static bool IsKnown(string range) => range.Contains("||", StringComparison.Ordinal) && range.Split("||").Any(static part =>
        part.Trim() is "*" or ">=0" or ">= 0" or ">=0.0.0" or "" or ">=*" or ">= *" or "^*" or "~*" or "=*" or "<=*" or "~>*" or "^ *");

    private static async Task<bool?[]?> AskAsync(string[][] pairs)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(Script);
        Process node;
        try
        {
            node = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }

        using (node)
        {
            var token = TestContext.Current.CancellationToken;
            var output = node.StandardOutput.ReadToEndAsync(token);
            var errors = node.StandardError.ReadToEndAsync(token);
            try
            {
                await node.StandardInput.WriteAsync(JsonSerializer.Serialize(pairs));
                node.StandardInput.Close();
            }
            catch (IOException)
            {
                // Without the package Node is gone before it has listened.
            }

            await node.WaitForExitAsync(token);
            await errors;
            return node.ExitCode == 0 ? JsonSerializer.Deserialize<bool?[]>(await output) : null;
        }
    }
}
