using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PurgeTests
{
    private const string Everything = "everything-0123456789";
    private const string OnlyOne = "only-one-0123456789";

    [Theory]
    [InlineData("?service=one&fragment=X")]
    [InlineData("?service=one&url=/x")]
    [InlineData("?service=one&tag=t1")]
    [InlineData("?service=one")]
    public async Task V_129_A_purge_makes_the_next_page_ask_again(string purge)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);
        await gateway.GetAsync("/");
        await gateway.GetAsync("/");
        Assert.Single(service.Requests);

        using var answer = await PurgeAsync(gateway.ManagementClient, OnlyOne, purge + "&mode=hard");
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.OK, 1, "hard"), (answer.StatusCode, json.RootElement.GetProperty("count").GetInt32(), json.RootElement.GetProperty("mode").GetString()));

        await gateway.GetAsync("/");
        Assert.Equal(2, service.Requests.Count);
        var line = (await gateway.Log.SingleAsync("Purged")).Text;
        Assert.Contains("team-one purged 1 fragments (hard) of one", line, StringComparison.Ordinal);
        Assert.DoesNotContain(gateway.Log.Records, record => record.Text.Contains(OnlyOne, StringComparison.Ordinal));
    }

    [Fact]
    public async Task V_129_A_purge_is_not_there_on_the_public_port()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);
        await gateway.GetAsync("/");

        using var answer = await PurgeAsync(gateway.Client, Everything, "?service=one");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await gateway.GetAsync("/");
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(OnlyOne, "?service=other", 403)]
    [InlineData(OnlyOne, "?service=nobody", 403)]
    [InlineData(Everything, "?service=nobody", 400)]
    [InlineData(Everything, "?service=other", 200)]
    [InlineData("", "?service=one", 401)]
    [InlineData("some-other-0123456789", "?service=one", 401)]
    [InlineData("only-one-012345678", "?service=one", 401)]
    [InlineData(OnlyOne, "", 400)]
    [InlineData(OnlyOne, "?service=one&tag=a&url=/x", 400)]
    [InlineData(OnlyOne, "?service=one&tag=", 400)]
    [InlineData(OnlyOne, "?service=one&url=x", 400)]
    [InlineData(OnlyOne, "?service=one&mode=medium", 400)]
    [InlineData(OnlyOne, "?service=one&tga=a", 400)]
    public async Task V_129_Only_whoever_may_purge_a_service_purges_it(string token, string purge, int status)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        using var answer = await PurgeAsync(gateway.ManagementClient, token, purge);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401, answer.Headers.WwwAuthenticate.Count > 0);
    }

    [Fact]
    public async Task A_purge_may_come_as_JSON()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);
        await gateway.GetAsync("/");

        using var answer = await PurgeAsync(gateway.ManagementClient, OnlyOne, "", """{ "service": "one", "tag": "t1", "mode": "hard" }""");
        Assert.Contains("\"count\":1", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await PurgeAsync(gateway.ManagementClient, OnlyOne, "", """{ "service": "one", "tags": [] }""");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
    }

    [Fact]
    public async Task Without_tokens_the_refusal_says_what_to_set()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup.Page("/", "<p>page</p>"));
        using var answer = await PurgeAsync(gateway.ManagementClient, Everything, "?service=one");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Stitcher:Management:Tokens", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_purges_at_once_are_429()
    {
        await using var service = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(service);

        // All in one piece, so that the gateway alone says how quickly they come: twenty a second are let through, a thousand would take most of a minute.
        const int guesses = 1_000;
        var guess = $"POST /_stitcher/purge?service=one HTTP/1.1\r\nHost: {gateway.Management.Authority}\r\nAuthorization: Bearer guess\r\nContent-Length: 0\r\n";
        var further = string.Concat(Enumerable.Repeat("\r\n" + guess, guesses - 1));
        using var answers = await RawPage.SendAsync(
            gateway.Management, "POST", "/_stitcher/purge?service=one", $"Host: {gateway.Management.Authority}", "Authorization: Bearer guess", "Content-Length: 0\r\n" + further.TrimEnd());
        await answers.ReadToEndAsync();
        var statuses = answers.Received.Split("HTTP/1.1 ").Skip(1).Select(static answer => answer[..3]).ToList();

        Assert.Equal(guesses, statuses.Count);
        Assert.Contains("429", statuses);
        Assert.All(statuses.TakeWhile(static status => status != "429"), static status => Assert.Equal("401", status));
        Assert.All(statuses, static status => Assert.Contains(status, new[] { "401", "429" }));
    }

    [Fact]
    public async Task A_secret_in_a_settings_file_and_one_that_is_too_short_are_refused_without_repeating_it()
    {
        var exception = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup =>
        {
            setup.Environment = "Staging";
            setup.Service("one", "http://127.0.0.1:9/").Page("/", "<p></p>")
                .Set("Stitcher:Management:Tokens:0:Name", "a").Set("Stitcher:Management:Tokens:0:Token", Everything).Set("Stitcher:Management:Tokens:0:Services:0", "one")
                .Set("Stitcher:Management:Tokens:1:Name", "b").Set("Stitcher:Management:Tokens:1:Token", "short-secret").Set("Stitcher:Management:Tokens:1:Services:0", "on")
                .Set("Stitcher:Management:Tokens:2:Name", "c").Set("Stitcher:Management:Tokens:2:TokenFile", "/nowhere/token").Set("Stitcher:Management:Tokens:2:Services:0", "*");
        }));
        Assert.Equal(4, exception.Errors.Count);
        Assert.All(
            new[] { "Tokens:0:Token: a secret stands", "Tokens:1:Token: the token is too short", "Tokens:1:Services:0: there is no service 'on'", "Tokens:2:TokenFile: '/nowhere/token' cannot be read" },
            sentence => Assert.Contains(sentence, exception.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("short-secret", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Everything, exception.Message, StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service)
    {
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=600").With("Surrogate-Key", "t1 t2"));
        return GatewayUnderTest.StartAsync(setup => setup
            .Service("one", service.Address, "X=/x")
            .Service("other", service.Address, "Y=/y")
            .Page("/", "<fragment src=\"one/X\" timeout=\"20s\"></fragment>", ("Deadline", "30s"))
            .Set("Stitcher:Management:Tokens:0:Name", "operators").Set("Stitcher:Management:Tokens:0:Token", Everything).Set("Stitcher:Management:Tokens:0:Services:0", "*")
            .Set("Stitcher:Management:Tokens:1:Name", "team-one").Set("Stitcher:Management:Tokens:1:Token", OnlyOne).Set("Stitcher:Management:Tokens:1:Services:0", "one"));
    }

    private static async Task<HttpResponseMessage> PurgeAsync(HttpClient client, string token, string query, string? json = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_stitcher/purge" + query);
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }

        return await client.SendAsync(request);
    }
}
