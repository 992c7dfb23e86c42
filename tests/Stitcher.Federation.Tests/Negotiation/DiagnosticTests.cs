using System.Reflection;
using System.Text;
using Stitcher.Federation.Negotiation;
using Xunit;

namespace Stitcher.Federation.Tests.Negotiation;

/// <summary>Each thing a negotiation can say: when it is said, about whom, and in words that say what to do.</summary>
public sealed class DiagnosticTests
{
    private const string Soft = "\"singleton\": true";
    private const string Strict = "\"singleton\": true, \"strictVersion\": true";

    /// <summary>Code, level, service, package, services and config.</summary>
    public static TheoryData<string, DiagnosticLevel, string?, string?, string, string> Cases => new()
    {
        { "FED101", DiagnosticLevel.Info, "a@r1", "p", Service("a", Row("p", "1.0.0", null)), "" },
        { "FED102", DiagnosticLevel.Info, "a@r1", "p", Service("a", Row("p", "2.0.0-beta.0", "^2.0.0")), "" },
        { "FED103", DiagnosticLevel.Info, null, "p", Service("a", Row("p", "1.0.0", "^1.0.0", Soft)) + Service("b", Row("p", "1.0.0", "^1.0.0")), "" },
        { "FED110", DiagnosticLevel.Info, "a@r1", "p", Service("a", Row("p", "1.0.0", "^1.0.0")) + Service("b", Row("p", "2.0.0", "^2.0.0")), "" },
        {
            "FED111", DiagnosticLevel.Info, "c@r1", "p",
            Service("a", Row("p", "1.2.0", "^1.0.0")) + Service("b", Row("p", "2.0.0", "^2.0.0")) + Service("c", Row("p", "1.0.0", "^1.0.0")), ""
        },
        {
            "FED112", DiagnosticLevel.Info, "b@r1", "p",
            Service("a", Row("p", "2.0.0", "*"), "\"host\": true") + Service("b", Row("p", "1.0.0", "*", "\"entries\": { \"p\": \"p.js\", \"p/x\": \"x.js\" }")), ""
        },
        {
            "FED113", DiagnosticLevel.Info, "b@r1", "ds",
            Service("a", Row("fw", "2.0.0", "^2.0.0", Strict) + "," + Row("ds", "2.0.0", "*", "\"requires\": { \"fw\": \"*\" }"))
                + Service("b", Row("fw", "1.0.0", "^1.0.0", Strict) + "," + Row("ds", "1.0.0", "*", "\"requires\": { \"fw\": \"*\" }")), ""
        },
        { "FED120", DiagnosticLevel.Info, "a@r1", null, Service("a", "", "\"state\": \"stale\""), "" },
        {
            "FED121", DiagnosticLevel.Info, "b@r1", "ds",
            Service("a", Row("fw", "2.0.0", "^2.0.0", Strict))
                + Service("b", Row("fw", "1.0.0", "^1.0.0", Strict) + "," + Row("ds", "1.0.0", "*", "\"requires\": { \"fw\": \"*\" }")), ""
        },
        { "FED122", DiagnosticLevel.Info, "a@r1", "@x/p", Service("a", Row("@x/p", "1.0.0", "*")), "\"providerRules\": [{ \"package\": \"@x/*\", \"allow\": [\"b\"] }]" },
        {
            "FED130", DiagnosticLevel.Info, null, "p",
            Service("a", Row("p", "1.0.0", "*", "\"requires\": { \"q\": \"*\" }") + "," + Row("q", "1.0.0", "*", "\"requires\": { \"p\": \"*\" }")), ""
        },
        {
            "FED140", DiagnosticLevel.Info, "a@r1", "p",
            Service("a", Row("p", "1.0.0", "^1.0.0", Strict), "\"retained\": true") + Service("b", Row("p", "2.0.0", "^2.0.0", Strict)), ""
        },
        { "FED201", DiagnosticLevel.Warning, "a@r1", "p", Service("a", Row("p", "1.0.0", "^1.0.0", Soft)) + Service("b", Row("p", "2.0.0", "^2.0.0", Soft)), "" },
        { "FED210", DiagnosticLevel.Warning, "a@r1", "p", Service("a", Row("p", "dev", "*")), "" },
        { "FED211", DiagnosticLevel.Warning, "a@r1", "p", Service("a", Row("p", "1.0.0", "not a range")), "" },
        { "FED212", DiagnosticLevel.Warning, null, "p", Service("a", Row("p", "1.0.0", "*")), "\"overrides\": { \"p\": { \"pin\": \"3.0.0\" } }" },
        { "FED213", DiagnosticLevel.Warning, "a@r1", "p", Service("a", Row("p", "1.0.0", "*")), "\"overrides\": { \"p\": { \"floor\": \">=1.0.1\" } }" },
        { "FED220", DiagnosticLevel.Warning, "a@r1", null, Service("a", "", "\"state\": \"expired\""), "" },
        { "FED221", DiagnosticLevel.Warning, "a@r1", "p", Service("a", Row("p", "1.0.0", "*"), "\"assets\": \"down\""), "" },
        { "FED222", DiagnosticLevel.Warning, "a@r1", null, Service("a", "", "\"assets\": \"down\", \"exposes\": { \"./A\": \"a.js\" }"), "" },
        {
            "FED230", DiagnosticLevel.Warning, "b@r1", null,
            Service("a", "", "\"events\": { \"publishes\": [{ \"topic\": \"user:logged-in\" }] }") + Service("b", "", "\"events\": { \"subscribes\": [\"user:changed\"] }"), ""
        },
        {
            "FED231", DiagnosticLevel.Warning, "b@r1", null,
            Service("a", "", "\"events\": { \"publishes\": [{ \"topic\": \"t\", \"schema\": \"{ id: number }\" }] }")
                + Service("b", "", "\"events\": { \"subscribes\": [{ \"topic\": \"t\", \"schema\": \"{ id: string }\" }] }"), ""
        },
        {
            "FED232", DiagnosticLevel.Warning, "b@r1", null,
            Service("a", "", "\"events\": { \"publishes\": [{ \"topic\": \"t\" }] }") + Service("b", "", "\"events\": { \"subscribes\": [{ \"topic\": \"t\", \"retained\": true }] }"), ""
        },
        { "FED301", DiagnosticLevel.Error, "a@r1", "p", Service("a", Row("p", "1.0.0", "^1.0.0", Strict)) + Service("b", Row("p", "2.0.0", "^2.0.0", Strict)), "" },
        {
            "FED302", DiagnosticLevel.Error, "a@r1", "p",
            Service("a", Row("p", "1.0.0", "^1.0.0", Strict)) + Service("b", Row("p", "2.0.0", "^2.0.0", Strict)), "\"singletonConflict\": \"quarantine\""
        },
        { "FED303", DiagnosticLevel.Error, "a@r1", "p", Service("a", Row("p", null, "^1.0.0", "\"import\": false")), "" },
        { "FED310", DiagnosticLevel.Error, "a@r1", "p", Service("a", Row("p", "1.0.0", "*", "\"requires\": { \"q\": \"*\" }")), "" },
        { "FED311", DiagnosticLevel.Error, "a@r1", "p", Service("a", Row("p", "1.0.0", "*", "\"requires\": { \"q\": \"*\" }")), "" },
        { "FED330", DiagnosticLevel.Error, "a@r1", null, Service("a", "", "\"exposes\": { \"./A\": \"../../a.js\" }"), "" },
        { "FED331", DiagnosticLevel.Error, "a@r1", null, Service("a", "", "\"internal\": { \"constructor\": \"a.js\" }"), "" },
        { "FED332", DiagnosticLevel.Error, "a@r1", null, Service("a", "", "\"internal\": { \"#a/\": \"a.js\" }"), "" },
        { "FED333", DiagnosticLevel.Error, "p@r1", null, Service("a", Row("p", "1.0.0", "*")) + Service("p", "", "\"exposes\": { \"./A\": \"a.js\" }"), "" },
        { "FED340", DiagnosticLevel.Error, "a@r1", null, Service("a", "", "\"consumes\": [{ \"service\": \"b\", \"exposes\": [\"./B\"] }]"), "" },
        {
            "FED341", DiagnosticLevel.Error, "b@r1", null,
            Service("a", "", "\"consumes\": [{ \"service\": \"b\", \"exposes\": [\"./B\"] }]") + Service("b", "", "\"assets\": \"down\", \"exposes\": { \"./B\": \"b.js\" }"),
            "\"stubBase\": \"/stub/\""
        },
        { "FED342", DiagnosticLevel.Error, "a@r1", null, Service("a", "", "\"imports\": { \"a.js\": [\"./near.js\", \"nobody\"] }"), "" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_said_about_whom_it_concerns_and_in_words_that_say_what_to_do(
        string code, DiagnosticLevel level, string? service, string? package, string services, string config)
    {
        var said = Assert.Single(Say(services, config), said => said.Code == code && (said.Service == service && said.Package == package));

        Assert.Equal(level, said.Level);
        Assert.Matches(@"^\S.+[.]$", said.Message);
        Assert.DoesNotContain(code, said.Message, StringComparison.Ordinal);
        Assert.Contains(service ?? package!, said.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Topics_on_which_all_agree_but_for_blanks_are_nothing_to_speak_of() =>
        Assert.Empty(Say(
            Service("a", "", "\"events\": { \"publishes\": [{ \"topic\": \"t\", \"retained\": true, \"schema\": \"{id}\" }] }")
                + Service("b", "", "\"events\": { \"publishes\": [{ \"topic\": \"t\", \"retained\": true }], \"subscribes\": [{ \"topic\": \"t\", \"retained\": true, \"schema\": \"{ id }\" }] }"),
            ""));

    [Fact]
    public void Every_code_that_a_negotiation_can_say_is_among_them()
    {
        var manifestsOwn = new[] { "FED334", "FED335", "FED336", "FED337", "FED338", "FED343" };
        var all = typeof(FederationCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(static field => (string)field.GetRawConstantValue()!);

        Assert.Equal(all.Except(manifestsOwn).Order(StringComparer.Ordinal), Cases.Select(static row => row.Data.Item1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Services_in_harmony_are_left_alone() =>
        Assert.Empty(Say(Service("a", Row("p", "1.0.0", "^1.0.0", Strict)) + Service("b", Row("p", "1.1.0", "^1.0.0", Strict)), ""));

    [Fact]
    public void A_stand_in_keeps_those_alive_who_import_what_is_withheld()
    {
        var services = Service("a", "", "\"consumes\": [{ \"service\": \"b\", \"exposes\": [\"./B\"] }]")
            + Service("b", "", "\"assets\": \"down\", \"exposes\": { \"./B\": \"b.js\" }");
        var result = Negotiator.Negotiate(Read(services, "\"stubBase\": \"/stub/\"").Portfolio);

        Assert.Equal("/stub/b/B", result.Map.Imports["b/B"]);
        Assert.Equal(("b/B", "/stub/b/B"), (Assert.Single(result.Stubs).Specifier, result.Stubs[0].Url));
    }

    private static string Service(string name, string rows, string more = "") =>
        $$"""{ "name": "{{name}}", "shared": { {{rows}} }{{(more.Length > 0 ? ", " + more : "")}} };""";

    private static string Row(string package, string? version, string? range, string more = "")
    {
        string[] parts = [version is null ? "" : $"\"version\": \"{version}\"", range is null ? "" : $"\"requiredVersion\": \"{range}\"", more];
        return $"\"{package}\": {{ {string.Join(", ", parts.Where(static part => part.Length > 0))} }}";
    }

    private static PortfolioFile Read(string services, string config)
    {
        var json = $"{{ \"services\": [{services.TrimEnd(';').Replace("};{", "},{", StringComparison.Ordinal)}], \"config\": {{ {config} }} }}";
        var file = PortfolioFile.Read(Encoding.UTF8.GetBytes(json), out var problem);
        Assert.Null(problem);
        return file!;
    }

    private static List<FederationDiagnostic> Say(string services, string config)
    {
        var file = Read(services, config);
        return [.. Negotiator.Negotiate(file.Portfolio).Diagnostics, .. file.Refused];
    }
}
