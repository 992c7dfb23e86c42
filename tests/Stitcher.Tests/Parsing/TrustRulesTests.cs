using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class TrustRulesTests
{
    private static readonly SlotInLayout Slot = SlotInLayout.Places["main"];

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<script src=\"/a.js\"></script>")]
    [InlineData("<script type=\"application/json\">{}</script>")]
    [InlineData("<SCRIPT\tsrc='/a.js'></SCRIPT >")]
    [InlineData("<svg><script href=\"/a.js\"/></svg>")]
    [InlineData("<style>p{color:red}</style>")]
    [InlineData("<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("<link rel=\"icon\tstylesheet\" href=\"/a.css\">")]
    [InlineData("<link rel=\"MODULEPRELOAD\" href=\"/a.js\">")]
    [InlineData("<p onclick=\"x()\">p</p>")]
    [InlineData("<p OnClick=x()>p</p>")]
    [InlineData("<svg onload=\"x()\"></svg>")]
    [InlineData("<math><mi xlink:href=\"javascript:x()\">x</mi></math>")]
    [InlineData("<a href=\"javascript:x()\">a</a>")]
    [InlineData("<a href=\" java\nscript:x()\">a</a>")]
    [InlineData("<a href=\"&#1;JAVA&Tab;SCRIPT&colon;x()\">a</a>")]
    [InlineData("<form action=\"javascript:x()\"></form>")]
    [InlineData("<button formaction=\"javascript:x()\">b</button>")]
    [InlineData("<iframe src=\"javascript:x()\"></iframe>")]
    [InlineData("<iframe srcdoc=\"&lt;script>x()&lt;/script>\"></iframe>")]
    [InlineData("<object data=\"javascript:x()\"></object>")]
    [InlineData("<svg><a xlink:href=\"javascript:x()\"><text>t</text></a></svg>")]
    [InlineData("<svg><a><animate attributeName=\"href\" to=\"javascript:x()\"/></a></svg>")]
    [InlineData("<svg><a><animate attributeName=\"href\" values=\"/a;javascript:x()\"/></a></svg>")]
    [InlineData("<svg><a><set attributeName=\"href\" by=\"javascript:x()\"/></a></svg>")]
    public void Markup_brings_nothing_that_runs_or_styles_the_page(string html)
    {
        var shown = Slot.Compile(html).Markup is { } markup ? SlotInLayout.TextOf(markup) : "";
        foreach (var element in Slot.PageWith(shown).QuerySelectorAll("section *"))
        {
            Assert.False(element.LocalName is "script" or "style" or "link", element.LocalName);
            Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name == "srcdoc" || a.Value.Contains("script", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Theory]
    [InlineData("<p data-module=\"products/ProductForm\">x</p>")]
    [InlineData("<p DATA-MODULE=/_s/blog/assets/a.js>x</p>")]
    [InlineData("<p data-fragment=\"/uploads/a.html\" data-topics='{\"currentUser\":null}'>x</p>")]
    [InlineData("<p class=\"a\"><svg data-module=\"a/B\"></svg>x</p>")]
    public void Markup_starts_no_module_says_no_topic_and_names_nothing_to_be_fetched_into_the_page(string html)
    {
        Assert.All(["data-module", "data-fragment", "data-topics"], name => Assert.DoesNotContain(name, Slot.Show(html), StringComparison.OrdinalIgnoreCase));
        Assert.Contains("data-", Slot.Show(html, TrustLevel.App), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<form method=\"post\" action=\"/x\" data-live><button>Send</button></form>", " data-live")]
    [InlineData("<form method=\"post\" action=\"/x\" Data-Live=\"\"><button>Send</button></form>", " Data-Live=\"\"")]
    [InlineData("<template data-boundary-control><p>Call 0900</p></template>", " data-boundary-control")]
    [InlineData("<button form=\"payment-form\" formaction=\"/x\">Pay</button>", " form=\"payment-form\"")]
    [InlineData("<p class=\"a\"><input name=\"to\" value=\"me\" form=\"payment-form\"></p>", " form=\"payment-form\"")]
    public void Markup_tells_the_page_nothing_by_its_forms_and_has_no_part_in_the_forms_of_others(string html, string taken)
    {
        Assert.DoesNotContain(taken, Slot.Show(html), StringComparison.OrdinalIgnoreCase);
        Assert.Contains(taken, Slot.Show(html, TrustLevel.App), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script type=\"module\" src=\"/_s/products/assets/a.js\"></script>")]
    [InlineData("<script type=\"application/ld+json\">{\"a\":\"</p>\"}</script>")]
    [InlineData("<script type=\"text/x-template\"><p></p></script>")]
    [InlineData("<style>p{color:red}</style>")]
    [InlineData("<link rel=\"stylesheet\" href=\"/a.css\">")]
    [InlineData("<svg><script href=\"/a.js\"></script></svg>")]
    public void An_app_brings_scripts_by_address_data_and_styles(string html) => Assert.Equal(html, Slot.Show(html, TrustLevel.App));

    [Theory]
    [InlineData("<script>x()</script>")]
    [InlineData("<script type=\"module\">x()</script>")]
    [InlineData("<script type=\" Text/JavaScript \">x()</script>")]
    [InlineData("<script type=\"text/jscript\">x()</script>")]
    [InlineData("<script type=\"text/livescript\">x()</script>")]
    [InlineData("<script type=\"application/x-ecmascript\">x()</script>")]
    [InlineData("<script type>x()</script>")]
    [InlineData("<script language=\"javascript\">x()</script>")]
    [InlineData("<script href=\"/a.js\">x()</script>")]
    [InlineData("<script xlink:href=\"/a.js\">x()</script>")]
    [InlineData("<svg><script src=\"/a.js\">x()</script></svg>")]
    [InlineData("<svg><script>x()</script></svg>")]
    [InlineData("<script src=\"data:text/javascript,x()\"></script>")]
    [InlineData("<script src=\" Data:,x()\"></script>")]
    [InlineData("<script src=\"javascript:x()\"></script>")]
    [InlineData("<p onclick=\"x()\"></p>")]
    [InlineData("<template><script>x()</script></template>")]
    [InlineData("<template><p onclick=\"x()\"></p></template>")]
    public void An_app_brings_no_inline_code(string html) => Assert.DoesNotContain("x()", Slot.Show(html, TrustLevel.App), StringComparison.Ordinal);

    [Theory]
    [InlineData("<script>x()</script>")]
    [InlineData("<p onclick=\"x()\"></p>")]
    [InlineData("<iframe srcdoc=\"&lt;script>x()&lt;/script>\"></iframe>")]
    public void A_trusted_service_may_bring_inline_code(string html) => Assert.Equal(html, Slot.Show(html, TrustLevel.Trusted));

    [Theory]
    [InlineData("<script type=\"importmap\">{\"imports\":{}}</script>")]
    [InlineData("<script type=\" IMPORTMAP\n\">{}</script>")]
    [InlineData("<script type=\"import&#109;ap\" src=\"/m.json\"></script>")]
    [InlineData("<script type=\"speculationrules\">{}</script>")]
    [InlineData("<base href=\"https://evil.example/\">")]
    [InlineData("<meta http-equiv=\"refresh\" content=\"0;url=/evil\">")]
    [InlineData("<meta itemprop=\"x\" http-equiv=\"refresh\" content=\"0;url=/evil\">")]
    [InlineData("<meta name=\"robots\" content=\"noindex\">")]
    [InlineData("<title>Mine</title>")]
    [InlineData("<link rel=\"canonical\" href=\"/evil\">")]
    [InlineData("<link rel=\"manifest\" href=\"/evil\">")]
    [InlineData("<?start name=\"stitcher-0\">")]
    [InlineData("<?end>")]
    public void At_no_level_may_a_fragments_body_bring_what_is_the_pages_own(string html)
    {
        foreach (var trust in Enum.GetValues<TrustLevel>())
        {
            Assert.Equal("<p>before</p><p>after</p>", Slot.Show($"<p>before</p>{html}<p>after</p>", trust));
        }
    }

    [Fact]
    public void A_fragments_template_is_never_patched_into_another_place() =>
        Assert.Equal("<template><p>x</p></template>", Slot.Show("<template for=\"stitcher-0\"><p>x</p></template>", TrustLevel.Trusted));

    [Theory]
    [InlineData("<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>")]
    [InlineData("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">")]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<svg><title><style><!--</style><img src=x onerror=alert(1)>--></title></svg>")]
    [InlineData("<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>")]
    [InlineData("<svg><![CDATA[><img src=x onerror=alert(1)>]]></svg>")]
    [InlineData("<!--><img src=x onerror=alert(1)>-->")]
    [InlineData("<!-- --!><img src=x onerror=alert(1)> -->")]
    [InlineData("<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>")]
    [InlineData("<select><template><style></select><img src=x onerror=alert(1)></style></template></select>")]
    public void What_reads_differently_the_second_time_runs_nothing(string html)
    {
        foreach (var trust in new[] { TrustLevel.Markup, TrustLevel.App })
        {
            if (Slot.Compile(html, trust).Markup is { } markup)
            {
                var shown = SlotInLayout.TextOf(markup);
                Assert.All([true, false], scripting => Assert.Empty(Slot.PageWith(shown, scripting).QuerySelectorAll("[onerror]")));
                Assert.True(Slot.IsContained(shown));
            }
        }
    }
}
