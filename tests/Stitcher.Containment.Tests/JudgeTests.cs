using Stitcher.Containment.Tests.Judges;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class JudgeTests
{
    // Raw, as no gateway would show them.
    private static readonly (string Place, string Html)[] Escaping =
    [
        ("main", "</main>"),
        ("main", "<plaintext>"),
        ("main", "<!--"),
        ("main", "<textarea>"),
        ("main", "<script>"),
        ("main", "<b>"),
        ("main", "<div>"),
        ("main", "x<body class=other data-x=y>"),
        ("main", "x<html data-x=y>"),
        ("p", "<div>x</div>"),
        ("deep", "x <"),
        ("a", "<a href=\"/x\">x</a>"),
        ("button", "<button>x</button>"),
        ("li", "<li>x</li>"),
        ("h1", "</h2>"),
        ("form", "</form>"),
        ("table", "<div>x</div>"),
        ("table", "text"),
        ("tr", "<tr><td>x</td></tr>"),
        ("td", "</table>"),
        ("select", "</select>"),
        ("option", "</option>"),
        ("svg", "<p>x</p>"),
        ("template", "</template>"),
        ("template-tr", "</template>x"),
        ("ruby", "</ruby>"),
        ("b-i-p", "</b>"),
    ];

    [Fact]
    public void Stitchers_own_parser_notices_what_leaves_a_slot()
    {
        var judge = new ParserJudge();
        Assert.DoesNotContain(Escaping, e => judge.Escape(Places.Named(e.Place).Empty, e.Html) is null);
    }

    [Fact]
    public void Parse5_notices_what_leaves_a_slot()
    {
        var judge = NodeJudge.Get();
        Assert.DoesNotContain(Escaping, e => judge.Escapes(Places.Named(e.Place).Empty, e.Html)[0] is null);
        Assert.NotNull(judge.Escapes(Places.Main.Empty, "<noscript><p title=\"</noscript></main>\"></noscript>")[0]);
    }

    [Fact]
    public void A_browser_notices_what_leaves_a_slot_and_what_runs()
    {
        var pages = Escaping.Select(e => (Places.Named(e.Place).Empty, e.Html)).ToList();
        var answers = BrowserJudge.Ask(pages, [(Places.Main.Empty, "<img src=x onerror=parent.hit(1)>"), (Places.Main.Empty, "<noscript></noscript></main>")]);
        Assert.DoesNotContain(Escaping.Zip(answers.Parsed), pair => pair.Second is null);
        Assert.Contains("a handler ran", answers.Live[0], StringComparison.Ordinal);
        Assert.NotNull(answers.Live[1]);
    }

    [Fact]
    public void No_judge_objects_to_what_stays()
    {
        (string Place, string Html)[] staying = [("main", "<p>x</p>"), ("p", "x <b>y</b>"), ("table", "<tbody><tr><td>x</td></tr></tbody>"), ("select", "<option>x</option>"), ("svg", "<path/>"), ("template", "<p>x</p>"), ("pre", "x\ny")];
        var own = new ParserJudge();
        var second = NodeJudge.Get();
        var browser = BrowserJudge.Ask([.. staying.Select(s => (Places.Named(s.Place).Empty, s.Html))], [.. staying.Select(s => (Places.Named(s.Place).Empty, s.Html))]);
        Assert.DoesNotContain(staying, s => own.Escape(Places.Named(s.Place).Empty, s.Html) is not null || second.Escapes(Places.Named(s.Place).Empty, s.Html)[0] is not null);
        Assert.All(browser.Parsed.Concat(browser.Live), Assert.Null);
    }
}
