using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class LayoutFileTests
{
    private const string Base = "<!doctype html>\n<html lang=\"en\"><head><title>Shop</title></head><body>\n<include src=\"parts/nav.html\"></include>\n<main><place name=\"main\"></place></main></body></html>";

    [Fact]
    public async Task Pages_share_a_base_and_its_parts_with_slots_in_each()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<b>goods</b>").Answers("/y", "<i>name</i>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x", "Y=/y")
            .Part("base.html", Base)
            .Part("parts/nav.html", "<nav><fragment src=\"service/Y\" timeout=\"30s\"></fragment></nav>")
            .Page("/", "<extend src=\"base.html\"></extend><fill name=\"main\"><fragment src=\"service/X\" timeout=\"30s\"></fragment></fill>", ("Deadline", "30s"))
            .Page("/other", "<extend src=\"base.html\"></extend><fill name=\"main\">plain</fill>", ("Deadline", "30s")));

        Assert.Contains("<nav><i>name</i></nav>\n<main><b>goods</b></main></body>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<nav><i>name</i></nav>\n<main>plain</main></body>", await gateway.GetAsync("/other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_mistake_in_every_shared_file_stops_the_start_once_with_its_own_file_and_line()
    {
        var start = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Service("service", "http://127.0.0.1:9/", "X=/x")
            .Part("base.html", Base)
            .Part("parts/nav.html", "<nav>\n<fragment src=\"nobody/Y\"></fragment>\n<fragment src=\"service/X?id={id}\"></fragment><include src=\"parts/gone.html\"/></nav>")
            .Page("/a", "<extend src=\"base.html\"></extend>\n<fill name=\"main\">\n<fragment src=\"service/Zeppelin\"></fragment></fill>")
            .Page("/b/{id}", "<extend src=\"base.html\"></extend>\n<p>lost</p>")));

        Assert.Equal(
            [
                "page-0.html, line 3: service 'service' has no fragment 'Zeppelin' and no manifest that could name it; expected 'X'",
                "page-1.html, line 2: content outside of the fills, which would be lost; expected it inside <fill name=\"…\">",
                "parts/nav.html, line 2: there is no service 'nobody'; expected 'service'",
                "parts/nav.html, line 3: <include src=\"parts/gone.html\"> cannot be read: expected a file at ",
                "parts/nav.html, line 3: the route '/a' of page 'page-0' has no value 'id'; expected another, but there are none",
            ],
            start.Errors.Select(e => e.Contains("cannot be read", StringComparison.Ordinal) ? e[..e.IndexOf('/', e.IndexOf("file at", StringComparison.Ordinal))] : e).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_edited_base_and_an_edited_part_are_picked_up_and_a_broken_one_is_not()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Part("base.html", Base)
            .Part("parts/nav.html", "<nav>First</nav>")
            .Page("/", "<extend src=\"base.html\"></extend><fill name=\"main\">goods</fill>"));
        Assert.Contains("<nav>First</nav>\n<main>goods</main>", await gateway.GetAsync("/"), StringComparison.Ordinal);

        await gateway.EditPartAsync("parts/nav.html", "<nav>Second</nav>");
        await ShowsAsync(gateway, "<nav>Second</nav>\n<main>goods</main>");

        await gateway.EditPartAsync("base.html", Base.Replace("main>", "article>", StringComparison.Ordinal));
        await ShowsAsync(gateway, "<nav>Second</nav>\n<article>goods</article>");

        await gateway.EditPartAsync("parts/nav.html", "<nav>\n<include src=\"base.html\"/></nav>");
        await Eventually.HoldsAsync(() => gateway.Log.Events("CatalogRefused").Any(), "the broken part is reported");
        Assert.Contains(
            "parts/nav.html, line 2: <include src=\"base.html\"> comes round to itself: page-0.html > base.html > parts/nav.html > base.html",
            gateway.Log.Events("CatalogRefused").First().Text,
            StringComparison.Ordinal);
        Assert.Contains("<nav>Second</nav>\n<article>goods</article>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    private static Task ShowsAsync(GatewayUnderTest gateway, string text) =>
        Eventually.HoldsAsync(async () => (await gateway.GetAsync("/")).Contains(text, StringComparison.Ordinal), $"/ shows {text}");
}
