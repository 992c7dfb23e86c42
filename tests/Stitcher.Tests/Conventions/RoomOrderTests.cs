using System.Text.RegularExpressions;
using Xunit;

namespace Stitcher.Tests.Conventions;

public sealed partial class RoomOrderTests
{
    private const string Project = "src/Stitcher";

    private static readonly string[] Rooms =
        RoomLine().Matches(Repository.Read(Project + "/README.md")).Select(match => match.Groups["room"].Value).ToArray();

    [Fact]
    public void The_readme_lists_every_room_that_has_code_and_no_other()
    {
        var folders = Repository.SourceFiles(Project).Select(Room).OfType<string>().Distinct().Order();
        Assert.Equal(folders, Rooms.Order());
    }

    [Fact]
    public void A_room_uses_only_the_rooms_before_it()
    {
        var offenders = Repository.SourceFiles(Project).SelectMany(path => Offences(path, Repository.Read(path)));
        Assert.Empty(offenders);
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        var offenders =
            from path in Repository.SourceFiles(Project)
            let expected = Room(path) is { } room ? "Stitcher." + room : "Stitcher"
            let actual = NamespaceLine().Match(Repository.Read(path)).Groups["name"].Value
            // Extensions stand where those who call them look: beside what they extend.
            where actual != expected && !(Room(path) is null && actual.StartsWith("Microsoft.", StringComparison.Ordinal))
            select $"{path} is in namespace {actual}, not {expected}";
        Assert.Empty(offenders);
    }

    [Theory]
    [InlineData("src/Stitcher/Configuration/X.cs", "using Stitcher.Parsing;", "Parsing")]
    [InlineData("src/Stitcher/Configuration/X.cs", "    var x = Stitcher.Writing.PageWriter.New();", "Writing")]
    [InlineData("src/Stitcher/Configuration/X.cs", "    var x = global::Stitcher.Caching.Store.New();", "Caching")]
    [InlineData("src/Stitcher/Configuration/X.cs", "using Markup = Stitcher.Parsing.Markup;", "Parsing")]
    [InlineData("src/Stitcher/Configuration/X.cs", "using static Stitcher.Upstream.Names;", "Upstream")]
    [InlineData("src/Stitcher/Upstream/X.cs", "    var x = new Planning.PagePlan();", "Planning")]
    public void A_mention_of_a_later_room_is_found(string path, string line, string room) =>
        Assert.Contains($"uses {room}", Assert.Single(Offences(path, "namespace X;\n" + line)), StringComparison.Ordinal);

    [Theory]
    [InlineData("src/Stitcher/Writing/X.cs", "using Stitcher.Parsing;")]
    [InlineData("src/Stitcher/PageEndpoint.cs", "using Stitcher.Writing;")]
    [InlineData("src/Stitcher/Configuration/X.cs", "// Stitcher.Parsing reads this")]
    [InlineData("src/Stitcher/Configuration/X.cs", "/// <see cref=\"Stitcher.Parsing.Markup\"/>")]
    [InlineData("src/Stitcher/Configuration/X.cs", "    var x = limits.Parsing.Time;")]
    [InlineData("src/Stitcher/Configuration/X.cs", "    var x = \"Stitcher.Parsing\";")]
    public void What_is_allowed_is_not_accused(string path, string text) => Assert.Empty(Offences(path, text));

    private static IEnumerable<string> Offences(string path, string text)
    {
        if (Room(path) is not { } room)
        {
            yield break;
        }

        var forbidden = Rooms.Skip(Array.IndexOf(Rooms, room) + 1).ToArray();
        var number = 0;
        foreach (var line in text.Split('\n').Select(Code))
        {
            number++;
            foreach (var used in forbidden.Where(name => Regex.IsMatch(line, $@"(?<![\w.])(global::)?(Stitcher\.{name}\b|{name}\.[A-Z])")))
            {
                yield return $"{path}:{number}: {room} uses {used}, which comes after it";
            }
        }
    }

    /// <summary>A line without what the compiler does not bind: comments and the contents of plain strings.</summary>
    private static string Code(string line) => Comment().Replace(Quoted().Replace(line, "\"\""), "");

    private static string? Room(string path) => path[(Project.Length + 1)..].Split('/') is [var room, _, ..] ? room : null;

    [GeneratedRegex(@"^\d+\. `(?<room>\w+)` – ", RegexOptions.Multiline)]
    private static partial Regex RoomLine();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();
}
