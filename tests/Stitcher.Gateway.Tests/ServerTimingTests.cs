using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class ServerTimingTests
{
    private const string Token = "tell-me-how-long-it-took";

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tell-me-how-long-it-toot")]
    [InlineData("tell-me-how-long-it-took-please")]
    [InlineData("TELL-ME-HOW-LONG-IT-TOOK")]
    public async Task V076_Nobody_without_the_token_is_told_how_long_slots_took(string? sent)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, Token);
        using var response = await GetAsync(gateway, sent, "/kept");
        Assert.False(response.Headers.Contains("Server-Timing"));
        Assert.True(response.Headers.CacheControl!.Public);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("anything")]
    [InlineData("")]
    public async Task V076_Where_no_token_is_configured_nobody_is_told(string? sent)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, null);
        using var response = await GetAsync(gateway, sent);
        Assert.False(response.Headers.Contains("Server-Timing"));
    }

    [Fact]
    public async Task V076_A_caller_with_the_token_is_told_every_slots_time_and_outcome()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, Token);
        using var first = await GetAsync(gateway, Token);
        Assert.Matches("^products-Card;dur=\\d+\\.\\d;desc=\"fresh\", products-Gone;dur=\\d+\\.\\d;desc=\"failed answered\"$", Timing(first));
        using var second = await GetAsync(gateway, Token);
        Assert.Matches("^products-Card;dur=\\d+\\.\\d;desc=\"cached\", ", Timing(second));
    }

    [Fact]
    public async Task V076_What_a_caller_was_told_is_kept_by_no_cache_for_the_next()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, Token);
        using var told = await GetAsync(gateway, Token, "/kept");
        Assert.NotEmpty(Timing(told));
        Assert.True(told.Headers.CacheControl!.NoStore);
        Assert.False(told.Headers.CacheControl.Public);
    }

    [Fact]
    public async Task V076_The_token_does_not_reach_a_service()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service, Token);
        using var response = await GetAsync(gateway, Token);
        Assert.NotEmpty(service.Requests);
        Assert.DoesNotContain(service.Requests, r => r.Headers.ContainsKey("Stitcher-Debug"));
    }

    [Fact]
    public async Task V076_When_the_page_streams_only_what_is_known_is_told()
    {
        await using var service = await ScriptedService.StartAsync();
        var gate = new Gate();
        service.Answers("/slow", Answer.Html("<p>slow</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Set("Stitcher:Diagnostics:Token", Token)
            .Service("products", service.Address, "Slow=/slow")
            .Page("/", "<fragment src=\"products/Slow\" timeout=\"9s\"></fragment>", ("Deadline", "10s")));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Stitcher-Debug", Token } } };
        using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        gate.Open();
        Assert.Equal("products-Slow;desc=\"pending\"", Timing(response));
    }

    [Theory]
    [InlineData("zz-guess-9")]
    [InlineData("with blanks it is none")]
    public async Task A_token_that_is_easily_guessed_or_cannot_be_sent_stops_the_start_without_being_repeated(string token)
    {
        await using var service = await ScriptedService.StartAsync();
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await StartAsync(service, token));
        Assert.Contains("Stitcher:Diagnostics:Token", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(token, refusal.Message, StringComparison.Ordinal);
    }

    private static string Timing(HttpResponseMessage response) => Assert.Single(response.Headers.GetValues("Server-Timing"));

    private static async Task<HttpResponseMessage> GetAsync(GatewayUnderTest gateway, string? token, string path = "/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Stitcher-Debug", token);
        }

        return await gateway.Client.SendAsync(request);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, string? token)
    {
        service.Answers("/card", Answer.Html("<p>card</p>").With("Cache-Control", "max-age=60")).Answers("/gone", Answer.Status(404));
        return GatewayUnderTest.StartAsync(setup =>
        {
            if (token is not null)
            {
                setup.Set("Stitcher:Diagnostics:Token", token);
            }

            setup
                .Service("products", service.Address, "Card=/card", "Gone=/gone")
                .Page("/", "<fragment src=\"products/Card\" timeout=\"9s\"></fragment><fragment src=\"products/Gone\" timeout=\"9s\"></fragment>", ("Deadline", "10s"), ("Delivery", "Buffered"))
                .Page("/kept", "<fragment src=\"products/Card\" timeout=\"9s\"></fragment>", ("Deadline", "10s"), ("Delivery", "Buffered"));
        });
    }
}
