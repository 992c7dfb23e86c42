using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Conventions;

public sealed partial class CodeStyleTests
{
    private const int LongestFile = 300;

    // What the shop has always exposed, and what says enough: it manages categories.
    private const string NameOfTheShops = "CategoryManager";

    private static readonly string[] Shipped = ["src", "gateway", "fragments", "deploy"];

    [Fact]
    public void No_file_or_type_has_a_name_that_says_nothing()
    {
        var files = Repository.SourceFiles(".").Where(path => Path.GetFileNameWithoutExtension(path) is var name && name != NameOfTheShops && EmptyName().IsMatch(name));
        var types = typeof(StitcherOptions).Assembly.GetTypes().Where(type => !IsGenerated(type) && EmptyName().IsMatch(type.Name)).Select(type => type.FullName!);
        Assert.Empty(files.Concat(types));
    }

    [Fact]
    public void No_file_is_too_long_to_hold_in_the_head()
    {
        var offenders =
            from folder in Shipped
            from path in Repository.SourceFiles(folder)
            let lines = Repository.Read(path).Split('\n').Length - 1
            where lines > LongestFile
            select $"{path} has {lines} lines, more than {LongestFile}";
        Assert.Empty(offenders);
    }

    [Fact]
    public void An_internal_class_is_sealed_static_or_abstract()
    {
        var offenders = typeof(StitcherOptions).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsVisible: false, IsSealed: false, IsAbstract: false } && !IsGenerated(type))
            .Select(type => type.FullName);
        Assert.Empty(offenders);
    }

    [Fact]
    public void No_method_is_async_void()
    {
        var offenders =
            from folder in Shipped.Append("tests")
            from path in Repository.SourceFiles(folder)
            where path != "tests/Stitcher.Tests/Conventions/CodeStyleTests.cs" && AsyncVoid().IsMatch(Repository.Read(path))
            select path;
        Assert.Empty(offenders);
    }

    [Fact]
    public void An_event_number_of_the_log_belongs_to_one_sentence()
    {
        // Read from the source, for the generated methods do not carry their numbers.
        var log = Repository.Read("src/Stitcher/Diagnostics/Log.cs");
        var numbers = EventId().Matches(log).Select(match => match.Groups["id"].Value).ToArray();
        Assert.NotEmpty(numbers);
        Assert.Empty(numbers.GroupBy(number => number).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    private static bool IsGenerated(Type type) =>
        type.IsDefined(typeof(CompilerGeneratedAttribute)) || type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is not null
        || (type.FullName ?? "").Contains('<') || (type.DeclaringType is { } outer && IsGenerated(outer));

    [GeneratedRegex("(Utils?|Utilit(y|ies)|Helpers?|Common|Manager)$|^Extensions$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex(@"LoggerMessage\(\s*(EventId\s*=\s*)?(?<id>\d+)")]
    private static partial Regex EventId();
}
