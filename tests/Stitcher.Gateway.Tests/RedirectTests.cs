using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class RedirectTests
{
    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task V_064_A_redirect_of_the_primary_is_the_pages_and_ends_the_other_fetches(int status)
    {
        await using var service = await ScriptedService.StartAsync();
        var cutOff = new TaskCompletionSource();
        var required = new TaskCompletionSource();
        var gate = new Gate();
        service.Answers("/main", Answer.Html("").WithStatus(status).With("Location", "/elsewhere?x=1#y").After(gate));
        service.Answers("/side", Answer.Hangs.WhenCutOff(cutOff.SetResult)).Answers("/required", Answer.Hangs.WhenCutOff(required.SetResult));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "Main=/main", "Side=/side", "Required=/required")
            .Page(
                "/",
                "<fragment src=\"shop/Required\" timeout=\"50s\" required></fragment><fragment src=\"shop/Side\" timeout=\"50s\"></fragment><main><fragment src=\"shop/Main\" timeout=\"50s\" primary></fragment></main>",
                ("Deadline", "55s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await service.HasReceivedAsync("/side");
        await service.HasReceivedAsync("/required");
        gate.Open();
        await page.ReadToEndAsync();

        Assert.Equal((status, "/elsewhere?x=1#y", ""), (page.Status, page.Header("Location"), page.Body));
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        await cutOff.Task.WaitAsync(Eventually.Deadline);
        await required.Task.WaitAsync(Eventually.Deadline);
    }

    [Theory]
    [InlineData("{origin}/elsewhere", "/elsewhere")]
    [InlineData("{origin}", "/")]
    [InlineData("{origin}?a=1", "/?a=1")]
    [InlineData("/here?b=1", "/here?b=1")]
    [InlineData("/here/", "/here/")]
    [InlineData("/.//evil.example", "/.//evil.example")]
    public async Task V_064_An_address_of_this_very_site_is_told_to_the_browser_as_a_path(string location, string told)
    {
        using var page = await AskAsync("/here?a=1", origin => location.Replace("{origin}", origin, StringComparison.Ordinal));

        Assert.Equal((302, told), (page.Status, page.Header("Location")));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https:evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("java\tscript:alert(1)")]
    [InlineData("/\t/evil.example")]
    [InlineData("/ /evil.example")]
    [InlineData("{origin}@evil.example/")]
    [InlineData("{origin}.evil.example/")]
    [InlineData("{origin}0/")]
    [InlineData("{origin}//evil.example/")]
    [InlineData("{origin}\\@evil.example")]
    [InlineData("http://user@{host}/")]
    [InlineData("https://{host}/")]
    [InlineData("http://127.0.0.1:1/internal")]
    [InlineData("data:text/html,x")]
    [InlineData("elsewhere")]
    [InlineData("?a=2")]
    [InlineData("")]
    public async Task V_065_Any_other_address_is_a_failure_and_not_told(string location)
    {
        using var page = await AskAsync("/here?a=1", origin => location
            .Replace("{origin}", origin, StringComparison.Ordinal)
            .Replace("{host}", new Uri(origin).Authority, StringComparison.Ordinal));

        Assert.Equal((502, null), (page.Status, page.Header("Location")));
        Assert.DoesNotContain("evil", page.Received, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/here?a=1")]
    [InlineData("/here?a=1#part")]
    [InlineData("{origin}/here?a=1")]
    [InlineData("/x/../here?a=1")]
    [InlineData("/%68ere?a=1")]
    public async Task V_066_A_redirect_to_the_page_itself_is_a_failure(string location)
    {
        using var page = await AskAsync("/here?a=1", origin => location.Replace("{origin}", origin, StringComparison.Ordinal));

        Assert.Equal((502, null), (page.Status, page.Header("Location")));
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("required", 502)]
    public async Task V_066_A_redirect_of_another_fragment_is_its_failure(string role, int status)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var elsewhere = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("").WithStatus(302).With("Location", "/elsewhere"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "X=/x")
            .Page("/", $"<main><fragment src=\"shop/X\" timeout=\"8s\" {role}></fragment></main>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Equal((status, null), (page.Status, page.Header("Location")));
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("primary")]
    public async Task V_067_No_redirect_is_followed(string role)
    {
        await using var service = await ScriptedService.StartAsync();
        await using var inside = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("").WithStatus(302).With("Location", inside.Address + "latest/meta-data"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "X=/x")
            .Page("/", $"<main><fragment src=\"shop/X\" timeout=\"8s\" {role}></fragment></main>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Empty(inside.Requests);
        Assert.DoesNotContain("meta-data", page.Received, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_primary_that_asks_for_credentials_is_shown_with_its_status_and_without_its_challenge()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/main", Answer.Html("<p>Please sign in</p>").WithStatus(401).With("WWW-Authenticate", "Basic realm=\"inside\""));
        service.Answers("/side", "<p>side</p>");
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "Main=/main", "Side=/side")
            .Page("/", "<main><fragment src=\"shop/Main\" timeout=\"8s\" primary></fragment></main><fragment src=\"shop/Side\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        using var page = await RawPage.RequestAsync(gateway.Address, "/");
        await page.ReadToEndAsync();

        Assert.Equal((401, null), (page.Status, page.Header("WWW-Authenticate")));
        Assert.Contains("<main><p>Please sign in</p></main><p>side</p>", page.Body, StringComparison.Ordinal);
    }

    private static async Task<RawPage> AskAsync(string target, Func<string, string> location)
    {
        var origin = "";
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", _ => Answer.Html("").WithStatus(302).With("Location", location(origin)));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", service.Address, "X=/x")
            .Page("/here", "<main><fragment src=\"shop/X\" timeout=\"8s\" primary></fragment></main>", ("Deadline", "10s")));
        origin = gateway.Address.GetLeftPart(UriPartial.Authority);

        return await (await RawPage.RequestAsync(gateway.Address, target)).ReadToEndAsync();
    }
}
