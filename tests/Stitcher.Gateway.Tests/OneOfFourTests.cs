using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>A page of four services, of which some fail: what it costs, and what is left.</summary>
public sealed class OneOfFourTests
{
    // What is kept of a page's two seconds for putting it together.
    private static readonly TimeSpan PageTime = TimeSpan.FromMilliseconds(1900);

    private static readonly TimeSpan OptionalTime = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan PrimaryTime = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan ATick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task V001_Four_healthy_services_are_asked_together_and_all_shown()
    {
        await using var page = await PageOfFour.StartAsync(timeouts: "30s");
        var gate = new Gate();
        string[] all = [PageOfFour.Primary, .. PageOfFour.Optional];
        foreach (var name in all)
        {
            page[name].Answers("/part", Answer.Html($"<p>{name} is here</p>").After(gate));
        }

        // None answers before all were asked: one after another they would wait for each other for ever.
        var asking = page.OutcomesAsync();
        await page.HaveAllReceivedAsync(all);
        gate.Open();
        Assert.Equal(["fresh", "fresh", "fresh", "fresh"], await asking);
        using var response = await page.Gateway.Client.GetAsync("/");
        await IsWholeAsync(response);
    }

    [Fact]
    public async Task V002_One_that_answers_500_shows_its_slots_content_and_the_page_is_kept_by_nobody()
    {
        await using var page = await PageOfFour.StartAsync(timeouts: "30s");
        page["offers"].Answers("/part", Answer.Status(500));
        using var response = await page.Gateway.Client.GetAsync("/");
        await IsWholeAsync(response, "offers");
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal(1, page["offers"].Count("/part"));
    }

    [Fact]
    public async Task V003_One_that_refuses_connections_costs_a_moment_not_its_slots_time()
    {
        await using var page = await PageOfFour.StartAsync(timeouts: "30s");
        await page["offers"].StopAsync();
        using var attempts = new AttemptsAt(new Uri(page["offers"].Address).Port);
        var pages = 0;

        // The first that is quick tells the gateway from a busy machine.
        await Eventually.HoldsAsync(
            async () =>
            {
                var watch = Stopwatch.StartNew();
                using var response = await page.Gateway.Client.GetAsync($"/?n={++pages}");
                await IsWholeAsync(response, "offers");
                var took = watch.Elapsed;
                Assert.Equal(2 * pages, attempts.Count);
                return took < TimeSpan.FromMilliseconds(300);
            },
            "a page whose service refuses connections is there within 300 ms");
    }

    [Theory]
    [InlineData("offers")]
    [InlineData("reviews", "offers", "greeting")]
    public async Task V004_V005_Hanging_services_are_given_up_together_when_the_time_of_an_optional_slot_is_over(params string[] hanging)
    {
        var clock = new FakeTimeProvider();
        await using var page = await PageOfFour.StartAsync(time: clock);

        // The others' fragments are remembered: on a clock of the test's an answer that is not taken in yet would be late.
        foreach (var name in PageOfFour.Optional.Except(hanging).Append(PageOfFour.Primary))
        {
            page[name].Answers("/part", Answer.Html($"<p>{name} is here</p>").With("Cache-Control", "max-age=60"));
        }

        using (var before = await page.Gateway.Client.GetAsync("/"))
        {
            await IsWholeAsync(before);
        }

        foreach (var name in hanging)
        {
            page[name].Answers("/part", Answer.Hangs);
        }

        var asking = page.Gateway.Client.GetAsync("/");
        await Task.WhenAll(hanging.Select(name => page[name].HasReceivedAsync("/part", 2)));
        var body = asking.ContinueWith(asked => asked.Result.Content.ReadAsStringAsync(), TaskScheduler.Default).Unwrap();
        clock.Advance(OptionalTime - ATick);
        Assert.False(body.IsCompleted);
        clock.Advance(ATick);
        using var response = await asking;
        await IsWholeAsync(response, hanging);
        Assert.All(hanging, name => Assert.Equal(2, page[name].Count("/part")));
    }

    [Theory]
    [InlineData("V006", "<p>Closed today.</p>", HttpStatusCode.ServiceUnavailable)]
    [InlineData("V007", "", HttpStatusCode.GatewayTimeout)]
    public async Task V006_V007_A_primary_that_hangs_is_given_up_in_time_and_the_page_says_what_is_left(string row, string content, HttpStatusCode status)
    {
        Assert.NotEmpty(row);
        var clock = new FakeTimeProvider();
        await using var page = await PageOfFour.StartAsync(primaryContent: content, time: clock);
        page[PageOfFour.Primary].Answers("/part", Answer.Hangs);
        var asking = page.Gateway.Client.GetAsync("/");
        await page.HaveAllReceivedAsync(PageOfFour.Primary);
        clock.Advance(PrimaryTime - ATick);
        Assert.False(asking.IsCompleted);
        clock.Advance(ATick);
        using var response = await asking;

        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        Assert.True(response.Headers.CacheControl?.NoStore);
        if (content.Length > 0)
        {
            Assert.Contains(content, html, StringComparison.Ordinal);
            Assert.Contains("<header>shell</header>", html, StringComparison.Ordinal);
        }
        else
        {
            // The gateway's own page names what to quote.
            Assert.Matches("please name <code>[^<]+</code>", html);
        }
    }

    [Theory]
    [InlineData("V008", "primary", "refuses", HttpStatusCode.BadGateway)]
    [InlineData("V010", "required", "refuses", HttpStatusCode.BadGateway)]
    [InlineData("V010", "required", "hangs", HttpStatusCode.GatewayTimeout)]
    [InlineData("V009", "primary", "rests", HttpStatusCode.ServiceUnavailable)]
    [InlineData("V010", "required", "rests", HttpStatusCode.ServiceUnavailable)]
    public async Task V008_V009_V010_What_the_page_cannot_do_without_decides_its_status_by_why_it_failed(string row, string role, string trouble, HttpStatusCode status)
    {
        Assert.NotEmpty(row);

        // On a clock that stands still nobody tries a service that rests.
        await using var page = await PageOfFour.StartAsync(primarySlot: role, time: trouble == "rests" ? new FakeTimeProvider() : null, timeouts: trouble == "refuses" ? "15s" : null);
        var product = page[PageOfFour.Primary];
        if (trouble == "refuses")
        {
            await product.StopAsync();
        }
        else
        {
            product.Answers("/part", trouble == "hangs" ? Answer.Hangs : Answer.Status(500));
        }

        var n = 1;
        while (trouble == "rests" && !page.Gateway.Log.Events("CircuitOpened").Any())
        {
            // Another question each time: the same one would not be asked again so soon after it failed.
            await page.Gateway.GetAsync($"/?n={n++}");
        }

        var asked = product.Count("/part");
        if (trouble != "rests")
        {
            using var response = await page.Gateway.Client.GetAsync($"/?n={n}");
            Assert.Equal(status, response.StatusCode);
            return;
        }

        // The first page that is quick tells the gateway from a busy machine.
        await Eventually.HoldsAsync(
            async () =>
            {
                var watch = Stopwatch.StartNew();
                using var response = await page.Gateway.Client.GetAsync($"/?n={n++}");
                Assert.Equal(status, response.StatusCode);
                return watch.Elapsed < TimeSpan.FromMilliseconds(50);
            },
            "a page that cannot be made is answered within 50 ms");
        Assert.Equal(asked, product.Count("/part"));
    }

    [Fact]
    public async Task V029_When_the_pages_time_is_over_the_document_is_closed_with_what_the_open_slots_hold()
    {
        var clock = new FakeTimeProvider();
        await using var slow = await ScriptedService.StartAsync();
        slow.Answers("/a", Answer.Hangs).Answers("/b", Answer.Html("<p>late</p>").HangingAfter(3));
        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = clock;
            setup.IsPatient = false;
            setup.Service("slow", slow.Address, "A=/a", "B=/b")
                .Page("/", "<fragment src=\"slow/A\" timeout=\"30s\"><p>no a</p></fragment><fragment src=\"slow/B\" timeout=\"30s\"><p>no b</p></fragment><footer>end</footer>");
        });

        var asking = gateway.GetAsync("/");
        await slow.HasReceivedAsync("/a");
        await slow.HasReceivedAsync("/b");
        clock.Advance(PageTime - ATick);
        Assert.False(asking.IsCompleted);
        clock.Advance(ATick);
        var html = await asking;
        Assert.Contains("<p>no a</p><p>no b</p><footer>end</footer>", html, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", html, StringComparison.Ordinal);
    }

    private static async Task IsWholeAsync(HttpResponseMessage response, params string[] failed)
    {
        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("<header>shell</header>", html, StringComparison.Ordinal);
        Assert.EndsWith("<footer>end</footer></body></html>\n", html, StringComparison.Ordinal);
        foreach (var name in PageOfFour.Optional.Prepend(PageOfFour.Primary))
        {
            Assert.Contains(failed.Contains(name) ? $"<p>no {name}</p>" : $"<p>{name} is here</p>", html, StringComparison.Ordinal);
        }
    }
}
