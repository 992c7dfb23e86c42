using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class HeadTests
{
    private const string Layout =
        """
        <!doctype html>
        <html lang="en" data-shop='a "b" &amp; c' dir="ltr"><head><meta charset="utf-8"><title>Layout</title>
        <meta property="og:type" content="website"><link rel="canonical" href="/layout">
        <script type="application/ld+json">{"@type":"Shop"}</script>
        </head><body class="shop wide" id="top">
        <fragment src="one/X" timeout="30s"></fragment><fragment src="two/X" timeout="30s"></fragment><fragment src="primary/X" primary timeout="30s"></fragment>
        </body></html>
        """;

    [Fact]
    public async Task The_primarys_language_replaces_the_layouts_and_its_body_classes_come_to_the_layouts()
    {
        await using var shop = await Shop.StartAsync(primary: "<html lang=\"de-CH\" class=\"no\" onclick=\"x()\"><body class=\" wide product&quot;&lt; shop\tsale \" id=\"mine\" onload=\"x()\">text");
        var page = await shop.PageAsync();
        Assert.Contains("<html lang=\"de-CH\" data-shop=\"a &quot;b&quot; &amp; c\" dir=\"ltr\">", page, StringComparison.Ordinal);
        Assert.Contains("<body class=\"shop wide product&quot;< sale\" id=\"top\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_layout_without_language_and_class_gets_the_primarys()
    {
        await using var shop = await Shop.StartAsync(
            primary: "<html lang=\"de\"><body class=\"product\">text",
            layout: "<!doctype html><html><head><title>Layout</title></head><body><fragment src=\"primary/X\" primary timeout=\"30s\"></fragment></body></html>");
        var page = await shop.PageAsync();
        Assert.Contains("<html lang=\"de\">", page, StringComparison.Ordinal);
        Assert.Contains("<body class=\"product\">text</body>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>bare")]
    [InlineData("<html lang=\"EN\"><body class=\"shop\">same")]
    [InlineData("<html lang=\"d&quot; onload=x\"><body>no language")]
    public async Task Without_anything_else_to_say_the_layouts_own_tags_stay_as_they_are_written(string primary)
    {
        await using var shop = await Shop.StartAsync(primary: primary, one: "<html lang=\"fr\"><body class=\"one\">text");
        var page = await shop.PageAsync();
        Assert.Contains("<html lang=\"en\" data-shop='a \"b\" &amp; c' dir=\"ltr\">", page, StringComparison.Ordinal);
        Assert.Contains("<body class=\"shop wide\" id=\"top\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_that_is_not_the_primarys_never_shows()
    {
        const string document = "<html><head><title>Mine</title></head><body><title>Mine</title><p>text</p></body></html>";
        await using var shop = await Shop.StartAsync(
            one: document,
            two: "<title>Mine</title><p>bare</p>",
            layout: "<!doctype html><html><head></head><body><fragment src=\"one/X\" timeout=\"30s\"></fragment><fragment src=\"two/X\" timeout=\"30s\"></fragment></body></html>");
        var page = await shop.PageAsync();
        Assert.Contains("<p>text</p><p>bare</p>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Mine", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Linked_data_is_kept_from_every_document_each_once_by_its_content()
    {
        const string offer = "<script type=\"application/ld+json\">{\"@type\":\"Offer\"}</script>";
        const string shopData = "<script type=\"application/ld+json\">{\"@type\":\"Shop\"}</script>";
        await using var shop = await Shop.StartAsync(
            one: $"<head>{offer}{shopData}</head><body>1",
            two: $"<head>{offer}<script type=\"application/ld+json\">{{\"@type\":\"Person\"}}</script></head><body>2",
            primary: $"<head><script type=\"application/ld+json\">{{\"@type\":\"Product\"}}</script>{offer}</head><body>3");
        var page = await shop.PageAsync();
        foreach (var type in new[] { "Offer", "Shop", "Person", "Product" })
        {
            Assert.Equal(1, Count(page, $"<script type=\"application/ld+json\">{{\"@type\":\"{type}\"}}</script>"));
        }
    }

    [Fact]
    public async Task The_canonical_address_is_the_primarys_or_else_the_layouts_and_never_two()
    {
        const string others = "<head><link rel=\"canonical\" href=\"/other\"></head><body>1";
        await using (var shop = await Shop.StartAsync(one: others, primary: "<head><link rel=\"canonical\" href=\"/products/7\"><link rel=\"canonical\" href=\"/second\"></head><body>3"))
        {
            var page = await shop.PageAsync();
            Assert.Equal((1, 1), (Count(page, "rel=\"canonical\""), Count(page, "<link rel=\"canonical\" href=\"/products/7\">")));
        }

        await using (var shop = await Shop.StartAsync(one: others))
        {
            var page = await shop.PageAsync();
            Assert.Equal((1, 1), (Count(page, "rel=\"canonical\""), Count(page, "<link rel=\"canonical\" href=\"/layout\">")));
        }
    }

    [Fact]
    public async Task Open_graph_follows_the_rules_of_metas_and_one_owner_may_give_a_property_several_values()
    {
        await using var shop = await Shop.StartAsync(
            one: "<head><meta property=\"og:type\" content=\"one\"><meta property=\"og:image\" content=\"/one.png\"></head><body>1",
            primary: "<head><meta property=\"og:type\" content=\"product\"><meta property=\"og:image\" content=\"/a.png\"><meta property=\"og:image\" content=\"/b.png\"></head><body>3");
        var page = await shop.PageAsync();
        Assert.Equal((1, 1), (Count(page, "og:type"), Count(page, "<meta property=\"og:type\" content=\"product\">")));
        Assert.Equal(2, Count(page, "og:image"));
        Assert.Contains("<meta property=\"og:image\" content=\"/a.png\">\n<meta property=\"og:image\" content=\"/b.png\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_goes_to_the_first_in_document_order_and_is_told_once_however_often_the_page_is_asked_for()
    {
        await using var shop = await Shop.StartAsync(
            one: "<head><meta name=\"author\" content=\"Ada\"><meta name=\"robots\" content=\"all\"></head><body>1",
            two: "<head><meta name=\"AUTHOR\" content=\"Grace\"><meta name=\"robots\" content=\"all\"></head><body>2");
        for (var i = 0; i < 3; i++)
        {
            shop.One.Answers("/x", $"<head><meta name=\"author\" content=\"Ada\"><meta name=\"robots\" content=\"all\"></head><body>{i}");
            var page = await shop.PageAsync();
            Assert.Contains("content=\"Ada\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("Grace", page, StringComparison.Ordinal);
        }

        var told = await shop.Gateway.Log.SingleAsync("HeadConflict");
        Assert.Equal("Page page-0: 'meta author' of two/X is left out, since one/X brings another", told.Text);
    }

    [Fact]
    public async Task A_service_that_makes_up_names_does_not_fill_the_log()
    {
        await using var shop = await Shop.StartAsync();
        for (var round = 0; round < 3; round++)
        {
            shop.One.Answers("/x", Metas(round, "1"));
            shop.Two.Answers("/x", Metas(round, "2"));
            await shop.PageAsync();
        }

        var told = await shop.Gateway.Log.AtLeastAsync("HeadConflict", 1);
        Assert.InRange(told.Count, 1, 32);
        Assert.All(told, record => Assert.True(record.Text.Length < 200 && !record.Text.Contains('\n', StringComparison.Ordinal), record.Text));

        static string Metas(int round, string content) =>
            "<head>" + string.Concat(Enumerable.Range(0, 20).Select(i => $"<meta name=\"made&#10;up {round} {i} {new string('x', 200)}\" content=\"{content}\">")) + "</head><body>text";
    }

    [Fact]
    public async Task A_second_title_or_canonical_address_of_a_layout_is_told_at_the_start()
    {
        var start = await Assert.ThrowsAsync<Stitcher.Configuration.StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Page("/", "<!doctype html><html><head>\n<title>1</title><link rel=\"canonical\" href=\"/1\">\n<title>2</title>\n<link rel=\"canonical\" href=\"/2\"></head></html>")));
        Assert.Equal(
            ["page-0.html, line 3: a second <title>; expected one, since it says what the page is", "page-0.html, line 4: a second canonical link; expected one, since it says what the page is"],
            start.Errors);
    }

    private static int Count(string page, string text) => page.Split(text).Length - 1;

    private sealed record Shop(GatewayUnderTest Gateway, ScriptedService One, ScriptedService Two, ScriptedService Primary) : IAsyncDisposable
    {
        public static async Task<Shop> StartAsync(string one = "1", string two = "2", string primary = "3", string layout = Layout)
        {
            var services = new[] { await ScriptedService.StartAsync(), await ScriptedService.StartAsync(), await ScriptedService.StartAsync() };
            services[0].Answers("/x", one);
            services[1].Answers("/x", two);
            services[2].Answers("/x", primary);
            var gateway = await GatewayUnderTest.StartAsync(setup => setup
                .Service("one", services[0].Address, "X=/x")
                .Service("two", services[1].Address, "X=/x")
                .Service("primary", services[2].Address, "X=/x")
                .Page("/", layout, ("Deadline", "30s"), ("Delivery", "Buffered")));
            return new Shop(gateway, services[0], services[1], services[2]);
        }

        public Task<string> PageAsync() => Gateway.GetAsync("/");

        public async ValueTask DisposeAsync()
        {
            await Gateway.DisposeAsync();
            await One.DisposeAsync();
            await Two.DisposeAsync();
            await Primary.DisposeAsync();
        }
    }
}
