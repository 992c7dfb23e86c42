using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class StreamingTests
{
    private const string Layout =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>Shop</title><link rel="stylesheet" href="/site.css"></head><body>
        <header>before</header><main><fragment src="one/X" timeout="30s"><p>no one</p></fragment></main>
        <hr><aside><fragment src="two/X" timeout="30s"><p>no two</p></fragment></aside><footer>after</footer></body></html>

        """;

    [Fact]
    public async Task What_stands_before_a_slow_slot_leaves_while_the_slot_is_still_waited_for()
    {
        var gate = new Gate();
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>").After(gate));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>"));
        await using var gateway = await StartAsync(one, two);

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadUntilAsync("<header>before</header><main>");
        Assert.Equal(200, page.Status);
        Assert.Equal("chunked", page.Header("Transfer-Encoding"));
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("href=\"/site.css\"", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<p>two</p>", page.Body, StringComparison.Ordinal);

        gate.Open();
        await page.ReadToEndAsync();
        Assert.True(page.IsComplete);
        Assert.Contains("<main><p>one</p></main>\n<hr><aside><p>two</p></aside><footer>after</footer>", page.Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slots_are_shown_in_document_order_whichever_is_ready_first()
    {
        var first = new Gate();
        var second = new Gate();
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>").After(first));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>").After(second));
        await using var gateway = await StartAsync(one, two);

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await Task.WhenAll(first.Reached, second.Reached).WaitAsync(Eventually.Deadline);
        first.Open();
        await page.ReadUntilAsync("<main><p>one</p></main>");
        Assert.DoesNotContain("<p>two</p>", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("<footer>", page.Body, StringComparison.Ordinal);

        second.Open();
        await page.ReadUntilAsync("<aside><p>two</p></aside><footer>after</footer>");
    }

    [Fact]
    public async Task No_byte_of_a_fragment_is_shown_before_it_is_whole()
    {
        await using var one = await ServiceAsync(Answer.Html("<p>the first half and the second half</p>").CutAfter(18));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>"));
        await using var gateway = await StartAsync(one, two);

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();
        Assert.DoesNotContain("first half", page.Received, StringComparison.Ordinal);
        Assert.Contains("<main><p>no one</p></main>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_primary_holds_back_the_status_and_the_rest_streams()
    {
        var primary = new Gate();
        var rest = new Gate();
        await using var one = await ServiceAsync(Answer.Html("<p>gone</p>").WithStatus(410).After(primary));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>").After(rest));
        await using var gateway = await StartAsync(one, two, Layout.Replace("src=\"one/X\"", "src=\"one/X\" primary", StringComparison.Ordinal));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await Task.WhenAll(primary.Reached, rest.Reached).WaitAsync(Eventually.Deadline);
        Assert.Equal("", page.Received);
        primary.Open();
        await page.ReadUntilAsync("<main><p>gone</p></main>");
        Assert.Equal(410, page.Status);
        Assert.DoesNotContain("<footer>", page.Body, StringComparison.Ordinal);

        rest.Open();
        Assert.True((await page.ReadToEndAsync()).IsComplete);
    }

    [Fact]
    public async Task A_buffered_page_leaves_whole()
    {
        var gate = new Gate();
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>").After(gate));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>"));
        await using var gateway = await StartAsync(one, two, Layout, "Buffered");

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await gate.Reached.WaitAsync(Eventually.Deadline);
        await two.HasReceivedAsync("/x");
        gate.Open();
        await page.ReadToEndAsync();

        Assert.Null(page.Header("Transfer-Encoding"));
        Assert.True(page.IsComplete, page.Received);
        Assert.Contains("<p>one</p>", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_which_all_is_remembered_leaves_whole_with_its_length()
    {
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>").With("Cache-Control", "max-age=60"));
        await using var two = await ServiceAsync(Answer.Html("<p>zwei: ünïcödé</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(one, two);
        var first = await gateway.GetAsync("/");

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();
        Assert.NotNull(page.Header("Content-Length"));
        Assert.True(page.IsComplete, page.Received);
        Assert.Equal(first, page.Body);
    }

    [Fact]
    public async Task A_head_request_has_the_headers_and_no_body()
    {
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>").With("Cache-Control", "max-age=60"));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(one, two);
        var length = (await gateway.Client.GetByteArrayAsync("/")).Length;

        using var page = await RawPage.SendAsync(gateway.Address, "HEAD", "/");
        await page.ReadToEndAsync();
        Assert.Equal((200, length.ToString(), ""), (page.Status, page.Header("Content-Length"), page.Body));
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("DELETE")]
    public async Task A_page_takes_no_other_method(string method)
    {
        await using var one = await ServiceAsync(Answer.Html("<p>one</p>"));
        await using var two = await ServiceAsync(Answer.Html("<p>two</p>"));
        await using var gateway = await StartAsync(one, two);

        using var page = await RawPage.SendAsync(gateway.Address, method, "/", "Content-Length: 0");
        await page.ReadToEndAsync();
        Assert.Equal(405, page.Status);
        Assert.Empty(one.Requests);
    }

    [Fact]
    public async Task Thirty_two_slots_start_together()
    {
        var gates = Enumerable.Range(0, 32).Select(_ => new Gate()).ToArray();
        await using var service = await ScriptedService.StartAsync();
        for (var i = 0; i < gates.Length; i++)
        {
            service.Answers($"/x/{i}", Answer.Html($"<p>{i}</p>").After(gates[i]));
        }

        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x/{n}")
            .Page("/", string.Concat(gates.Select((_, i) => $"<fragment src=\"service/X?n={i}\" timeout=\"30s\"></fragment>")), ("Deadline", "1m")));
        using var page = await RawPage.RequestAsync(gateway.Address, "/");

        // All must have been asked before the first may answer.
        await Task.WhenAll(gates.Select(gate => gate.Reached)).WaitAsync(Eventually.Deadline);
        foreach (var gate in gates.Reverse())
        {
            gate.Open();
        }

        await page.ReadToEndAsync();
        Assert.Contains(string.Concat(Enumerable.Range(0, 32).Select(i => $"<p>{i}</p>")), page.Body, StringComparison.Ordinal);
    }

    private static async Task<ScriptedService> ServiceAsync(Answer answer) => (await ScriptedService.StartAsync()).Answers("/x", answer);

    private static Task<GatewayUnderTest> StartAsync(ScriptedService one, ScriptedService two, string layout = Layout, string delivery = "Auto") =>
        GatewayUnderTest.StartAsync(setup => setup
            .Service("one", one.Address, "X=/x")
            .Service("two", two.Address, "X=/x")
            .Page("/", layout, ("Deadline", "1m"), ("Delivery", delivery)));
}
