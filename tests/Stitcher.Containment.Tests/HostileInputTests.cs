using System.Text;
using Stitcher.Configuration;
using Stitcher.Containment.Tests.Judges;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Containment.Tests;

/// <summary>The rows V-081 to V-100 of the acceptance list, as far as a fragment's markup is their subject.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    private const long MostMemory = 64 * 1024 * 1024;

    // Four times what is promised: the tests run on machines that are busy with other tests.
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(1);

    [Fact]
    public void V081_A_hundred_thousand_nested_elements_are_refused_in_no_time() =>
        IsRefusedCheaply("100,000 nested div", Repeat("<div>", 100_000), "limit: ");

    [Fact]
    public void V082_Ten_thousand_nested_elements_are_refused_in_no_time() =>
        IsRefusedCheaply("10,000 nested div", Repeat("<div>", 10_000), "limit: ");

    [Fact]
    public void V083_Formatting_that_the_parser_would_clone_without_end_is_refused()
    {
        IsRefusedCheaply("2,000 distinct font in p", string.Concat(Enumerable.Range(0, 2_000).Select(i => $"<font size={i}><p>")), "limit: ");
        IsRefusedCheaply("400 distinct font, 400 p", string.Concat(Enumerable.Range(0, 200).Select(i => $"<font color={i}>")) + Repeat("<p>x</p>", 400), "");
    }

    [Fact]
    public void V084_Attributes_without_measure_are_refused()
    {
        IsRefusedCheaply("20,000 attributes", "<p " + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i}=1 ")) + ">x</p>", "limit: ");
        IsRefusedCheaply("an attribute of 1 MB", $"<p title=\"{new string('x', 1_000_000)}\">x</p>", "limit: ");
        IsRefusedCheaply("an address of 1 MB", $"<a href=\"/{new string('x', 1_000_000)}\">x</a>", "limit: ");
    }

    [Fact]
    public void V085_A_hundred_thousand_elements_side_by_side_are_refused() =>
        IsRefusedCheaply("100,000 p", Repeat("<p>x</p>", 100_000), "limit: ");

    [Fact]
    public void V086_Deep_lists_deep_formatting_and_crossed_ends_are_refused()
    {
        IsRefusedCheaply("50,000 ul li", Repeat("<ul><li>", 50_000), "limit: ");
        IsRefusedCheaply("100,000 b", Repeat("<b>", 100_000), "limit: ");
        IsRefusedCheaply("10,000 crossed b i p", Repeat("<b><i><p></b></i>", 10_000), "limit: ");
        IsRefusedCheaply("20,000 a in tables", Repeat("<a><table>", 20_000), "limit: ");
        IsRefusedCheaply("5,000 nested table", Repeat("<table><tr><td>", 5_000), "limit: ");
        IsRefusedCheaply("100,000 nested svg", Repeat("<svg>", 100_000), "limit: ");
        IsRefusedCheaply("20,000 templates", Repeat("<template>", 20_000), "limit: ");
        IsRefusedCheaply("a document of 100,000 nested div", "<!doctype html><body>" + Repeat("<div>", 100_000), "limit: ");
    }

    [Fact]
    public void V087_A_service_that_may_not_nest_cannot_name_other_fragments()
    {
        const string Includes = "<fragment src=\"users/Card\">x</fragment><esi:include src=\"/x\">y</esi:include><!--#include virtual=\"/x\"-->";
        var result = Parse(Includes, TrustLevel.Trusted);
        Assert.Empty(result.Markup!.Slots);
        Assert.All(result.Markup.Pieces, piece => Assert.Equal(MarkupPieceKind.Literal, piece.Kind));
    }

    [Theory]
    [InlineData("<!-- open")]
    [InlineData("<textarea>open")]
    [InlineData("<style>open")]
    [InlineData("<script>open")]
    [InlineData("<script src=/a.js>open")]
    [InlineData("<title>open")]
    [InlineData("<select>open")]
    [InlineData("<template>open")]
    public void V088_What_is_left_open_ends_in_its_slot_and_the_slots_behind_it_stay(string html)
    {
        foreach (var trust in Enum.GetValues<TrustLevel>())
        {
            var trial = new Trial(html, Places.Named("second"), trust);
            Assert.Null(trial.Refusal);
            Assert.Null(trial.Verdict);
        }
    }

    [Theory]
    [InlineData("<plaintext>x")]
    [InlineData("<div><plaintext>x</plaintext></div>")]
    [InlineData("<svg><desc><plaintext>x")]
    [InlineData("<template><plaintext></template>")]
    public void V089_What_cannot_be_ended_is_refused(string html) => Assert.NotNull(Parse(html, TrustLevel.Trusted).Refusal);

    [Fact]
    public void V090_End_tags_of_the_page_end_nothing()
    {
        var trial = new Trial("</div></main></body></html><p>after the end</p>", Places.Main);
        Assert.Equal("<p>after the end</p>", trial.Shown);
        Assert.Null(trial.Verdict);
    }

    [Fact]
    public void V091_Rows_stay_in_a_table_and_are_refused_elsewhere()
    {
        Assert.Equal("<tbody><tr><td>k</td></tr></tbody>", new Trial("<tr><td>k", Places.Named("table")).Shown);
        Assert.Equal("<tr><td>k</td></tr>", new Trial("<tr><td>k", Places.Named("tbody")).Shown);
        Assert.StartsWith("context: ", new Trial("<tr><td>k", Places.Main).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("context: ", new Trial("<tr><td>k", Places.Named("td")).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("context: ", new Trial("<!doctype html><tr><td>k", Places.Main).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void V092_The_end_of_a_template_does_not_end_the_layouts()
    {
        var trial = new Trial("a</template><img src=\"/x\">", Places.Named("template"));
        Assert.Equal("a<img src=\"/x\">", trial.Shown);
        Assert.Null(trial.Verdict);
    }

    [Fact]
    public void V093_What_mutates_when_it_is_read_again_is_refused_or_has_no_live_handler()
    {
        var trials = MutatingMarkup.All.Select(html => new Trial(html, Places.Main, TrustLevel.Markup)).ToList();
        foreach (var trial in trials)
        {
            output.WriteLine($"{trial.Refusal ?? "shown: " + trial.Shown}\n    {trial.Sent}");
            Assert.Null(trial.Verdict);
        }

        var shown = trials.Where(trial => trial.Shown.Length > 0).ToList();
        var answers = BrowserJudge.Ask([], [.. shown.Select(trial => (trial.Around, trial.Shown))]);
        Assert.DoesNotContain(shown.Zip(answers.Live), pair => pair.Second is not null);
    }

    [Fact]
    public void V093_At_higher_trust_too_no_handler_comes_alive_that_was_not_to_be_seen()
    {
        var shown = MutatingMarkup.All.Select(html => new Trial(html, Places.Main)).Where(trial => trial.Shown.Length > 0).ToList();
        var answers = BrowserJudge.Ask([], [.. shown.Select(trial => (trial.Around, trial.Shown))]);
        Assert.DoesNotContain(shown.Zip(answers.Live), pair => pair.Second is not null);
    }

    [Theory]
    [InlineData("<script type=importmap>{}</script>")]
    [InlineData("<SCRIPT TYPE=\"ImportMap\">{}</SCRIPT>")]
    [InlineData("<script type=\"&#105;mportmap\">{}</script>")]
    [InlineData("<script type=' importmap '>{}</script>")]
    [InlineData("<script type=\"speculationrules\">{}</script>")]
    [InlineData("<svg><script type=importmap>{}</script></svg>")]
    public void V094_A_foreign_import_map_is_removed(string html)
    {
        foreach (var trust in Enum.GetValues<TrustLevel>())
        {
            Assert.DoesNotContain("<script", All(Parse(html, trust)), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<script", All(Parse($"<!doctype html><head>{html}</head><body>{html}", trust)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("<base href=\"https://evil.example/\">", "<base")]
    [InlineData("<p>x</p><BASE target=_blank>", "<base")]
    [InlineData("<meta http-equiv=refresh content=\"0;url=https://evil.example/\">", "<meta")]
    [InlineData("<meta HTTP-EQUIV=\"Content-Security-Policy\" content=\"default-src *\">", "<meta")]
    [InlineData("<meta itemprop=x http-equiv=set-cookie content=a=b>", "<meta")]
    [InlineData("<title>Mine</title>", "<title")]
    [InlineData("<link rel=canonical href=\"/mine\">", "<link")]
    [InlineData("<link rel=\"stylesheet manifest\" href=\"/mine\">", "<link")]
    public void V095_V096_V097_What_is_the_pages_alone_is_removed_from_a_fragments_body(string html, string gone)
    {
        foreach (var trust in Enum.GetValues<TrustLevel>())
        {
            Assert.DoesNotContain(gone, All(Parse(html + "<p>y</p>", trust)), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(gone, All(Parse($"<!doctype html><body><div>{html}</div>", trust)), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void V095_V096_A_base_address_and_a_refresh_never_reach_the_pages_head()
    {
        var head = All(Parse("<!doctype html><head><base href=/x><meta http-equiv=refresh content=0><meta charset=utf-16></head><body>x", TrustLevel.Trusted));
        Assert.Equal("x", head);
    }

    [Fact]
    public void V097_A_title_and_a_canonical_address_in_a_documents_head_are_for_the_page_to_decide()
    {
        var result = Parse("<!doctype html><head><title>Mine</title><link rel=canonical href=\"/mine\"><link rel=manifest href=\"/m\"></head><body>x", TrustLevel.App);
        Assert.Equal([HeadPartKind.Title, HeadPartKind.Canonical], result.Markup!.Head.Select(part => part.Kind));
    }

    [Theory]
    [InlineData("<form name=\"cookie\"></form>")]
    [InlineData("<img name=\"getElementById\" src=\"/x\">")]
    [InlineData("<iframe name=\"body\" src=\"/x\"></iframe>")]
    [InlineData("<object id=\"location\"></object>")]
    [InlineData("<img name=\"x\" id=\"currentScript\">")]
    [InlineData("<embed name=\"createTreeWalker\">")]
    [InlineData("<p id=\"stitcher\">x</p>")]
    [InlineData("<a name=\"stitcher-bus\">x</a>")]
    [InlineData("<form name=\"coo&#107;ie\"></form>")]
    public void V099_A_name_that_scripts_of_the_page_would_find_is_refused(string html)
    {
        Assert.StartsWith("reserved: ", Parse(html, TrustLevel.Trusted).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("reserved: ", Parse("<!doctype html><body>" + html, TrustLevel.Markup).Refusal, StringComparison.Ordinal);
        Assert.False(FragmentParser.TryProve(Encoding.UTF8.GetBytes(html), Origin(TrustLevel.Trusted), SlotContext.Body, Trial.Patient, out _));
    }

    [Theory]
    [InlineData("<input name=\"title\">")]
    [InlineData("<form id=\"search\" name=\"order\"><input name=\"cookie\" id=\"location\"></form>")]
    [InlineData("<section id=\"title\">x</section>")]
    public void V099_Ordinary_names_are_no_ones_business(string html) => Assert.Null(Parse(html, TrustLevel.Markup).Refusal);

    [Theory]
    [InlineData("<img src=\"/x\" onerror=\"hit(1)\">")]
    [InlineData("<p ONCLICK=hit(1)>x</p>")]
    [InlineData("<a href=\"javascript:hit(1)\">x</a>")]
    [InlineData("<a href=\" java&#10;script&colon;hit(1)\">x</a>")]
    [InlineData("<form action=\"&#1;javascript:hit(1)\"><button formaction=\"JaVaScRiPt:hit(1)\">x</button></form>")]
    [InlineData("<iframe src=\"javascript:hit(1)\"></iframe>")]
    [InlineData("<iframe srcdoc=\"<script>hit(1)</script>\"></iframe>")]
    [InlineData("<script>hit(1)</script>")]
    [InlineData("<script src=\"/x.js\"></script>")]
    [InlineData("<svg><a href=\"javascript:hit(1)\"><text>x</text></a></svg>")]
    [InlineData("<svg><animate attributeName=href values=\"javascript:hit(1)\"/></svg>")]
    [InlineData("<svg><script>hit(1)</script></svg>")]
    [InlineData("<math href=\"javascript:hit(1)\"><mi>x</mi></math>")]
    [InlineData("<object data=\"javascript:hit(1)\"></object>")]
    [InlineData("<template><img onerror=hit(1)></template>")]
    [InlineData("<x-a><template shadowrootmode=open><img onerror=hit(1)></template></x-a>")]
    [InlineData("<details ontoggle=hit(1) open>x</details>")]
    public void V100_Script_of_a_service_that_may_bring_none_is_removed_or_refused(string html)
    {
        var result = Parse(html, TrustLevel.Markup);
        Assert.DoesNotContain("hit(1)", All(result), StringComparison.Ordinal);
        Assert.DoesNotContain("<script", All(result), StringComparison.Ordinal);
        Assert.DoesNotContain("hit(1)", All(Parse("<!doctype html><body>" + html, TrustLevel.Markup)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<svg><a xlink:href=\"javascript:hit(1)\"><text>x</text></a></svg>")]
    [InlineData("<svg><a href=\"&#x6a;avascript:hit(1)\"><text>x</text></a></svg>")]
    [InlineData("<svg><use xlink:href=\"data:image/svg+xml,hit(1)\"/></svg>")]
    [InlineData("<svg><animate attributeName=href to=\"javascript:hit(1)\"/></svg>")]
    [InlineData("<svg><script>hit(1)</script></svg>")]
    [InlineData("<script type=module>hit(1)</script>")]
    [InlineData("<script src=\"data:,hit(1)\"></script>")]
    [InlineData("<math><maction actiontype=x xlink:href=\"javascript:hit(1)\">x</maction></math>")]
    [InlineData("<p onclick=hit(1)>x</p>")]
    [InlineData("<x-a><template shadowrootmode=open><p onclick=hit(1)>x</p></template></x-a>")]
    public void V100_Inline_script_of_a_service_that_may_bring_modules_only_is_removed_or_refused(string html)
    {
        Assert.DoesNotContain("hit(1)", All(Parse(html, TrustLevel.App)), StringComparison.Ordinal);
        Assert.DoesNotContain("hit(1)", All(Parse($"<!doctype html><head>{html}</head><body>{html}", TrustLevel.App)), StringComparison.Ordinal);
    }

    private static FragmentOrigin Origin(TrustLevel trust) => new("any", trust, "/any");

    private static MarkupResult Parse(string html, TrustLevel trust) =>
        new FragmentParser(TimeProvider.System).Parse(Encoding.UTF8.GetBytes(html), Origin(trust), Places.Main.Context, Trial.Patient);

    private static string All(MarkupResult result) => result.Markup is { } markup
        ? Place.Text(markup.Head) + string.Concat(markup.Pieces.Select(piece => Encoding.UTF8.GetString(piece.Bytes.Span)))
        : "";

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private void IsRefusedCheaply(string name, string html, string cause)
    {
        var bytes = Encoding.UTF8.GetBytes(html);
        var limits = ParseLimits.From(new LimitOptions());
        var time = TimeSpan.MaxValue;
        var memory = long.MaxValue;
        var result = default(MarkupResult);
        for (var i = 0; i < 3; i++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var started = ThreadTimeProvider.Instance.GetTimestamp();
            result = new FragmentParser(ThreadTimeProvider.Instance).Parse(bytes, Origin(TrustLevel.App), Places.Main.Context, limits);
            var elapsed = ThreadTimeProvider.Instance.GetElapsedTime(started);
            time = elapsed < time ? elapsed : time;
            memory = Math.Min(memory, GC.GetAllocatedBytesForCurrentThread() - allocated);
        }

        output.WriteLine($"{name}: {time.TotalMilliseconds:0.0} ms, {memory / 1024.0 / 1024.0:0.0} MB, {result.Refusal}");
        Assert.NotNull(result.Refusal);
        Assert.StartsWith(cause, result.Refusal, StringComparison.Ordinal);
        Assert.InRange(time, TimeSpan.Zero, LongestTime);
        Assert.InRange(memory, 0, MostMemory);
    }
}
