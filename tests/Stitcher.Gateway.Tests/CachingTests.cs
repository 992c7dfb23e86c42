using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class CachingTests
{
    [Theory]
    [InlineData("max-age=60")]
    [InlineData("public, max-age=60")]
    [InlineData("max-age=0, s-maxage=60")]
    [InlineData("MAX-AGE=60")]
    public async Task A_fresh_fragment_is_not_asked_for_again(string cacheControl)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", cacheControl));
        await using var gateway = await StartAsync(service);

        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("<p>x</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        }

        Assert.Equal(1, service.Count("/x"));
    }

    [Theory]
    [InlineData("Cache-Control", "no-store")]
    [InlineData("Cache-Control", "private, max-age=60")]
    [InlineData("Cache-Control", "no-cache, max-age=60")]
    [InlineData("Cache-Control", "max-age=0")]
    [InlineData("Cache-Control", "max-age=soon")]
    [InlineData("Cache-Control", "max-age=-1")]
    [InlineData("Cache-Control", "max-age=60, max-age=0")]
    [InlineData("X-Nothing", "said")]
    public async Task V110_A_fragment_whose_service_does_not_allow_it_is_not_remembered(string name, string value)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With(name, value));
        await AssertAskedTwiceAsync(service);
    }

    [Theory]
    [InlineData("Set-Cookie", "a=b")]
    [InlineData("Vary", "Cookie")]
    [InlineData("Vary", "*")]
    [InlineData("Age", "60")]
    public async Task V110_A_fragment_that_belongs_to_one_browser_or_is_old_already_is_not_remembered(string name, string value)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60").With(name, value));
        await AssertAskedTwiceAsync(service);
    }

    [Fact]
    public async Task A_failure_is_not_remembered_as_the_fragment()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn(
            "/x",
            Answer.Html("<p>broken</p>").WithStatus(500).With("Cache-Control", "max-age=60"),
            Answer.Html("<p>whole</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(service);

        Assert.Contains("own content", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<p>whole</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_cut_short_is_never_remembered()
    {
        await using var service = await ScriptedService.StartAsync();
        var cut = Answer.Html("<p>the first half and the second half</p>").With("Cache-Control", "max-age=60").CutAfter(18);
        service.AnswersInTurn("/x", cut, cut, Answer.Html("<p>whole</p>"));
        await using var gateway = await StartAsync(service);

        Assert.Contains("own content", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<p>whole</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Different_parameters_are_different_fragments_and_undeclared_ones_do_not_matter()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Answer.Html($"<p>[{request.Target}]</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x?id={id}")
            .Page("/", "<fragment src=\"service/X?id={query.id}\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        Assert.Contains("[/x?id=1]", await gateway.GetAsync("/?id=1"), StringComparison.Ordinal);
        Assert.Contains("[/x?id=2]", await gateway.GetAsync("/?id=2&utm=x"), StringComparison.Ordinal);
        Assert.Contains("[/x?id=1]", await gateway.GetAsync("/?utm=y&id=1"), StringComparison.Ordinal);
        Assert.Equal(2, service.Count("/x"));
    }

    [Fact]
    public async Task V109_A_browser_cannot_make_the_gateway_forget()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(service);
        await gateway.GetAsync("/");

        using var page = await RawPage.RequestAsync(gateway.Address, "/", "Cache-Control: no-cache", "Pragma: no-cache", "If-None-Match: \"made-up\"");
        await page.ReadToEndAsync();
        Assert.Equal((200, 1), (page.Status, service.Count("/x")));
    }

    [Fact]
    public async Task The_same_answer_is_contained_anew_where_it_stands_elsewhere()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<tr><td>row</td></tr>").With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x")
            .Page("/", "<table><tbody><fragment src=\"service/X\" timeout=\"8s\"><tr><td>none</td></tr></fragment></tbody></table><div><fragment src=\"service/X\" timeout=\"8s\"><p>own content</p></fragment></div>", ("Deadline", "10s")));

        for (var i = 0; i < 2; i++)
        {
            var page = await gateway.GetAsync("/");
            Assert.Contains("<tbody><tr><td>row</td></tr></tbody>", page, StringComparison.Ordinal);
            Assert.Contains("<div><p>own content</p></div>", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_is_not_to_be_kept_by_anybody()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "public, max-age=60"));
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.GetAsync("/");
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Nothing_is_remembered_when_there_is_no_room_for_it()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Set("Stitcher:Cache:Bytes", 0)
            .Service("service", service.Address, "X=/x")
            .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"><p>own content</p></fragment>", ("Deadline", "10s")));

        Assert.Contains("<p>x</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<p>x</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, service.Count("/x"));
    }

    private static async Task AssertAskedTwiceAsync(ScriptedService service)
    {
        await using var gateway = await StartAsync(service);
        Assert.Contains("<p>x</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("<p>x</p>", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, service.Count("/x"));
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service) => GatewayUnderTest.StartAsync(setup => setup
        .Service("service", service.Address, "X=/x")
        .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"><p>own content</p></fragment>", ("Deadline", "10s")));
}
