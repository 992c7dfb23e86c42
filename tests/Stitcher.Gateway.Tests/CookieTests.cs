using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class CookieTests
{
    [Fact]
    public async Task V_070_A_cookie_that_is_not_declared_is_dropped_and_counted()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Set-Cookie", "session=1; Path=/").With("Set-Cookie", "basket=2; Path=/"));
        await using var gateway = await StartAsync(service, "basket");
        using var refused = new RefusedCookies(gateway);

        using var page = await GetAsync(gateway, "/shop");

        Assert.Equal(["basket=2; path=/; samesite=lax"], CookiesOf(page));
        Assert.Equal("private, no-store", page.Header("Cache-Control"));
        Assert.Equal(["shop undeclared"], refused.Seen);
    }

    [Fact]
    public async Task V_070_Without_a_declaration_no_fragment_sets_any()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Set-Cookie", "basket=2; Path=/"));
        await using var gateway = await StartAsync(service);
        using var refused = new RefusedCookies(gateway);

        using var page = await GetAsync(gateway, "/shop");

        Assert.Empty(CookiesOf(page));
        Assert.Equal(["shop undeclared"], refused.Seen);
    }

    [Fact]
    public async Task V_071_A_fragment_sets_at_most_four_cookies_of_a_kilobyte_each()
    {
        await using var service = await ScriptedService.StartAsync();
        var answer = Answer.Html("<p>x</p>").With("Set-Cookie", "c0=" + new string('x', 1100));
        answer = Enumerable.Range(1, 60).Aggregate(answer, (a, i) => a.With("Set-Cookie", $"c{i}={new string('x', 300)}"));
        service.Answers("/x", answer);
        await using var gateway = await StartAsync(service, [.. Enumerable.Range(0, 61).Select(i => $"c{i}")]);

        using var page = await GetAsync(gateway, "/shop");

        Assert.Equal(["c1", "c2", "c3"], CookiesOf(page).Select(NameOf));
    }

    [Fact]
    public async Task V_071_A_page_sets_at_most_four_kilobytes_and_twelve_cookies()
    {
        await using var service = await ScriptedService.StartAsync();
        foreach (var (path, size) in new[] { ("large", 990), ("small", 1) })
        {
            for (var slot = 0; slot < 4; slot++)
            {
                var first = slot * 4;
                service.Answers($"/{path}/{slot}", Enumerable.Range(first, 4).Aggregate(Answer.Html("<p>x</p>"), (a, i) => a.With("Set-Cookie", $"c{i}={new string('x', size)}")));
            }
        }

        await using var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Service("shop", service.Address, "Large=/large/{n}", "Small=/small/{n}");
            foreach (var i in Enumerable.Range(0, 16))
            {
                setup.With($"SetCookies:{i}", $"c{i}");
            }

            setup.Page("/large", FourSlots("Large"), ("Delivery", "Buffered"), ("Deadline", "10s")).Page("/small", FourSlots("Small"), ("Delivery", "Buffered"), ("Deadline", "10s"));
        });

        using var large = await GetAsync(gateway, "/large");
        using var small = await GetAsync(gateway, "/small");

        Assert.Equal(["c0", "c1", "c2", "c3"], CookiesOf(large).Select(NameOf));
        Assert.InRange(CookiesOf(large).Sum(line => line.Length), 1, 4096);
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"c{i}"), CookiesOf(small).Select(NameOf));
    }

    [Fact]
    public async Task V_072_Of_two_fragments_that_set_the_same_cookie_the_primary_wins_and_then_the_earlier_slot()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/one", Answer.Html("<p>x</p>").With("Set-Cookie", "a=one").With("Set-Cookie", "b=one"));
        service.Answers("/two", Answer.Html("<p>x</p>").With("Set-Cookie", "b=two").With("Set-Cookie", "c=two"));
        service.Answers("/main", Answer.Html("<p>x</p>").With("Set-Cookie", "a=main"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "One=/one", "Two=/two", "Main=/main")
            .With("SetCookies:0", "a").With("SetCookies:1", "b").With("SetCookies:2", "c")
            .Page(
                "/shop",
                "<fragment src=\"shop/One\" timeout=\"8s\"></fragment><fragment src=\"shop/Two\" timeout=\"8s\"></fragment><fragment src=\"shop/Main\" primary timeout=\"8s\"></fragment>",
                ("Delivery", "Buffered"),
                ("Deadline", "10s")));
        using var refused = new RefusedCookies(gateway);

        using var page = await GetAsync(gateway, "/shop");

        Assert.Equal(["a=main", "b=one", "c=two"], CookiesOf(page).Select(line => line.Split(';')[0]));
        Assert.Equal(["shop taken", "shop taken"], refused.Seen);
    }

    [Theory]
    [InlineData("c=1", "c=1; path=/; samesite=lax")]
    [InlineData("c=1; Path=/; SameSite=Strict; HttpOnly; Max-Age=60", "c=1; max-age=60; path=/; samesite=strict; httponly")]
    [InlineData("c=1; Domain=example.com; Path=/", "c=1; path=/; samesite=lax")]
    [InlineData("c=1; Secure; SameSite=None", "c=1; path=/; secure; samesite=none")]
    [InlineData("c=1; Path=/shop", "c=1; path=/shop; samesite=lax")]
    [InlineData("c=1; Path=/shop/basket", "c=1; path=/shop/basket; samesite=lax")]
    [InlineData("c=1; Whatever=1", "c=1; path=/; samesite=lax")]
    [InlineData("c=1; Path=/other", null)]
    [InlineData("c=1; Path=/shopping", null)]
    [InlineData("c=1; Path=other", null)]
    [InlineData("C=1", null)]
    [InlineData("c=a b", null)]
    [InlineData("c=\u0001", null)]
    [InlineData("=1", null)]
    [InlineData("c", null)]
    [InlineData("__Host-c=1; Path=/; Secure", null)]
    [InlineData("__secure-c=1; Secure", null)]
    public async Task V_073_A_cookie_keeps_to_this_host_and_this_page(string sent, string? set)
    {
        await using var service = RawService.Start(RawAnswer.Of(RawService.Http("<p>x</p>", "Set-Cookie: " + sent)));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Write(setup, service.Address, ["c"], "required"));

        using var page = await GetAsync(gateway, "/shop");

        Assert.Equal(200, page.Status);
        Assert.Contains("<p>x</p>", page.Body, StringComparison.Ordinal);
        Assert.Equal(set is null ? [] : [set], CookiesOf(page));
    }

    [Fact]
    public async Task A_fragment_that_comes_behind_the_headers_sets_none_and_is_counted()
    {
        await using var service = await ScriptedService.StartAsync();
        var gate = new Gate();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Set-Cookie", "c=1").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Write(setup, service.Address, ["c"], role: ""));
        using var refused = new RefusedCookies(gateway);

        using var page = await RawPage.RequestAsync(gateway.Address, "/shop");
        await page.ReadUntilAsync("<main>");
        gate.Open();
        await page.ReadToEndAsync();

        Assert.Contains("<p>x</p>", page.Body, StringComparison.Ordinal);
        Assert.Empty(CookiesOf(page));
        await Eventually.HoldsAsync(() => refused.Seen.SequenceEqual(["shop late"]), "the late cookie is counted");
    }

    [Fact]
    public async Task A_fragment_that_sets_a_cookie_is_not_remembered()
    {
        await using var service = await ScriptedService.StartAsync();
        var count = 0;
        service.Answers("/x", _ => Answer.Html("<p>x</p>").With("Cache-Control", "public, max-age=60").With("Set-Cookie", $"c={Interlocked.Increment(ref count)}"));
        await using var gateway = await StartAsync(service, "c");

        using var one = await GetAsync(gateway, "/shop");
        using var two = await GetAsync(gateway, "/shop");

        Assert.StartsWith("c=1;", Assert.Single(CookiesOf(one)), StringComparison.Ordinal);
        Assert.StartsWith("c=2;", Assert.Single(CookiesOf(two)), StringComparison.Ordinal);
        Assert.Equal("private, no-store", two.Header("Cache-Control"));
        Assert.Null(two.Header("ETag"));
    }

    [Fact]
    public async Task A_redirect_of_the_primary_takes_its_cookie_along()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("").WithStatus(303).With("Location", "/welcome").With("Set-Cookie", "c=1").With("Set-Cookie", "d=1"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => Write(setup, service.Address, ["c"], role: "primary"));

        using var page = await GetAsync(gateway, "/shop");

        Assert.Equal((303, "/welcome"), (page.Status, page.Header("Location")));
        Assert.Equal(["c=1; path=/; samesite=lax"], CookiesOf(page));
    }

    private static string FourSlots(string fragment) =>
        string.Concat(Enumerable.Range(0, 4).Select(n => $"<fragment src=\"shop/{fragment}?n={n}\" timeout=\"8s\"></fragment>"));

    private static string NameOf(string line) => line.Split('=')[0];

    private static IEnumerable<string> CookiesOf(RawPage page) => page.Head.Split("\r\n").Skip(1)
        .Where(line => line.StartsWith("Set-Cookie:", StringComparison.OrdinalIgnoreCase))
        .Select(line => line["Set-Cookie:".Length..].Trim());

    private static async Task<RawPage> GetAsync(GatewayUnderTest gateway, string path) => await (await RawPage.RequestAsync(gateway.Address, path)).ReadToEndAsync();

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, params string[] cookies) =>
        GatewayUnderTest.StartAsync(setup => Write(setup, service.Address, cookies, "required"));

    // Required, so that the fragment is there before the headers leave.
    private static void Write(GatewaySetup setup, string address, string[] cookies, string role)
    {
        setup.Service("shop", address, "X=/x");
        for (var i = 0; i < cookies.Length; i++)
        {
            setup.With($"SetCookies:{i}", cookies[i]);
        }

        setup.Page("/shop", $"<main><fragment src=\"shop/X\" timeout=\"8s\" {role}></fragment></main>", ("Deadline", "10s"));
    }

    private sealed class RefusedCookies : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly ConcurrentQueue<string> _seen = new();

        public RefusedCookies(GatewayUnderTest gateway)
        {
            var meters = gateway.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "stitcher.cookies.refused" && instrument.Meter.Scope == meters)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => _seen.Enqueue($"{tags[0].Value} {tags[1].Value}"));
            _listener.Start();
        }

        public IEnumerable<string> Seen => _seen;

        public void Dispose() => _listener.Dispose();
    }
}
