using System.Net;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class CacheKeyTests
{
    [Fact]
    public async Task V_105_What_a_client_varies_and_no_service_declared_neither_reaches_a_fragment_nor_splits_its_entry()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Cacheable("<p>x</p>"));
        await using var gateway = await StartAsync(service);

        string[] names = ["User-Agent", "Accept-Language", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Host", "X-Experiment", "Cookie", "Origin", "tracestate", "baggage"];
        for (var i = 0; i < names.Length; i++)
        {
            using var page = await RawPage.RequestAsync(gateway.Address, "/", $"{names[i]}: v{i}=forged{i}", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            await page.ReadToEndAsync();
            Assert.Contains("<p>x</p>", page.Body, StringComparison.Ordinal);
        }

        var request = Assert.Single(service.Requests);
        Assert.DoesNotContain(request.Headers.Values, value => value.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task V_105_The_state_and_the_baggage_of_a_clients_trace_do_not_reach_a_fragment()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.RequestAsync(
            gateway.Address, "/", "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate: a=forged", "baggage: b=forged", "Correlation-Context: c=forged");
        await page.ReadToEndAsync();

        var headers = Assert.Single(service.Requests).Headers;
        Assert.DoesNotContain(headers.Values, value => value.Contains("forged", StringComparison.Ordinal));
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", headers["traceparent"], StringComparison.Ordinal);
        Assert.NotEqual("0af7651916cd43dd8448eb211c80319c", headers["X-Request-Id"]);
    }

    [Fact]
    public async Task V_105_A_declared_header_reaches_the_fragment_and_has_an_entry_for_each_value()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Cacheable($"<p>{request.Headers.GetValueOrDefault("X-Experiment", "none")}</p>").With("Vary", "x-experiment"));
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Headers:0", "X-Experiment"));

        foreach (var value in new[] { "a", "b", "", "a", "b", "" })
        {
            Assert.Contains($"<p>{(value.Length > 0 ? value : "none")}</p>", await gateway.GetAsync("/", null, ("X-Experiment", value)), StringComparison.Ordinal);
        }

        Assert.Equal(3, service.Requests.Count);
        using var response = await gateway.Client.GetAsync("/");
        Assert.Contains("X-Experiment", response.Headers.Vary);
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Fact]
    public async Task V_105_Values_that_only_look_alike_when_they_are_joined_have_entries_of_their_own()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Cacheable($"<p>[{request.Headers.GetValueOrDefault("X-A")}][{request.Headers.GetValueOrDefault("X-B")}]</p>"));
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Headers:0", "X-A").With("Forward:Headers:1", "X-B"));

        (string A, string B)[] pairs = [("1:a", "b"), ("1", ":ab"), ("a1:b", ""), ("a", "b"), ("ab", ""), ("", "ab"), ("a-", "b"), ("3:a1", "-")];
        foreach (var (a, b) in pairs.Concat(pairs))
        {
            Assert.Contains($"<p>[{a}][{b}]</p>", await gateway.GetAsync("/", null, ("X-A", a), ("X-B", b)), StringComparison.Ordinal);
        }

        Assert.Equal(pairs.Length, service.Requests.Count);
    }

    [Fact]
    public async Task V_105_Two_fragments_with_one_path_have_entries_of_their_own()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Cacheable($"<p>{request.Headers["Stitcher-Fragment"]}</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "One=/x", "Other=/x")
            .Page("/", "<fragment src=\"service/One\" timeout=\"8s\"></fragment><fragment src=\"service/Other\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        await gateway.GetAsync("/");
        var page = await gateway.GetAsync("/");

        Assert.Contains("One</p>", page, StringComparison.Ordinal);
        Assert.Contains("Other</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task V_106_An_undeclared_query_parameter_is_dropped_and_makes_no_entry()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Cacheable("<p>x</p>"));
        await using var gateway = await StartAsync(service);

        foreach (var query in new[] { "?q=1", "?q=1&utm_source=mail", "?utm_source=x&utm_source=y&q=1", "?fbclid=9&q=1#x", "?q=1&&" })
        {
            Assert.Contains("<p>x</p>", await gateway.GetAsync("/" + query), StringComparison.Ordinal);
        }

        Assert.Equal("/x?q=1", Assert.Single(service.Requests).Target);
    }

    [Fact]
    public async Task V_106_Parameters_in_another_order_are_the_same_question()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Cacheable("<p>x</p>"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Page("/a", "<fragment src=\"service/X?b=2&amp;a={query.a}\" timeout=\"8s\"></fragment>", ("Deadline", "10s"))
            .Page("/b", "<fragment src=\"service/X?a={query.a}&amp;b=2\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        await gateway.GetAsync("/a?a=1");
        await gateway.GetAsync("/b?a=1");

        Assert.Equal("/x?a=1&b=2", Assert.Single(service.Requests).Target);
    }

    [Theory]
    [InlineData("Content-Length: 3")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task V_107_A_GET_with_a_body_is_400(string framing)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, "GET", "/", framing);
        await page.ReadToEndAsync();

        Assert.Equal(400, page.Status);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("?q=1&q=2")]
    [InlineData("?q=1&Q=2")]
    [InlineData("?q=1&q=1")]
    [InlineData("?q=&%71=2")]
    public async Task V_108_A_declared_parameter_that_is_given_twice_is_400(string query)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.GetAsync("/" + query);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task V_108_A_page_may_take_the_first_of_them_instead()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", "<p>x</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x?q={q}")
            .Page("/", "<fragment src=\"service/X?q={query.q}\" timeout=\"8s\"></fragment>", ("Deadline", "10s"), ("RepeatedParameters", "First")));

        await gateway.GetAsync("/?q=1&q=2");

        Assert.Equal("/x?q=1", Assert.Single(service.Requests).Target);
    }

    [Theory]
    [InlineData("X-Unknown")]
    [InlineData("User-Agent")]
    [InlineData("X-Experiment, X-Unknown")]
    [InlineData("Cookie")]
    public async Task V_114_An_answer_that_varies_by_an_undeclared_header_is_not_stored(string vary)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Cacheable("<p>x</p>").With("Vary", vary));
        await using var gateway = await StartAsync(service, setup => setup.With("Forward:Headers:0", "X-Experiment"));

        await gateway.GetAsync("/");
        await gateway.GetAsync("/");

        Assert.Equal(2, service.Requests.Count);
    }

    [Theory]
    [InlineData("/account/x.css")]
    [InlineData("/account;x.css")]
    [InlineData("/account/x.css;a=b")]
    [InlineData("/account/%2e%2e/x.css")]
    [InlineData("/account/..%2fx.css")]
    [InlineData("/account/x%00.css")]
    [InlineData("/account/x%5c.css")]
    public async Task V_115_A_path_that_looks_like_a_file_makes_nothing_private_public(string path)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/account", Answer.Html("<p>private</p>").With("Cache-Control", "private, max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/account")
            .Page("/{**rest}", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        for (var i = 1; i <= 2; i++)
        {
            using var page = await RawPage.RequestAsync(gateway.Address, path);
            await page.ReadToEndAsync();

            Assert.Contains(page.Status, new[] { 200, 400 });
            Assert.True(page.Header("Cache-Control") == "private, no-store" || (page.Status == 400 && page.Body.Length == 0));
            Assert.Equal(page.Status == 200 ? i : 0, service.Requests.Count);
        }
    }

    private static Answer Cacheable(string html) => Answer.Html(html).With("Cache-Control", "max-age=60");

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, Action<GatewaySetup>? write = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup
            .Service("service", service.Address, "X=/x?q={q}")
            .Page("/", "<fragment src=\"service/X?q={query.q}\" timeout=\"8s\"></fragment>", ("Deadline", "10s"));
        write?.Invoke(setup);
    });
}
