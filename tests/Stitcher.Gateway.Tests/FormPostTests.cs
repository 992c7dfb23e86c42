using System.Net;
using System.Text;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>Post a form, see the composed page with its errors.</summary>
public sealed class FormPostTests
{
    private const string Layout =
        "<main><fragment src=\"shop/Form?id={id}\" timeout=\"8s\" primary></fragment></main><aside><fragment src=\"shop/Side?id={id}\" timeout=\"8s\"></fragment></aside>";

    [Theory]
    [InlineData("POST", 422)]
    [InlineData("PUT", 400)]
    [InlineData("PATCH", 200)]
    [InlineData("DELETE", 404)]
    [InlineData("POST", 201)]
    public async Task A_form_is_sent_once_and_its_answer_is_shown_in_the_page_with_its_status(string method, int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersBody("/basket/7", body => Answer.Html($"<form><p class=\"error\">too many: {body}</p></form>").WithStatus(status));
        service.Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service);

        using var request = new HttpRequestMessage(new HttpMethod(method), "/basket/7?step=2") { Content = new StringContent("quantity=900") };
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, br");
        request.Headers.TryAddWithoutValidation("Cookie", "session=1");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", "same-origin");
        request.Headers.TryAddWithoutValidation("Sec-Fetch-Dest", "document");
        using var response = await gateway.Client.SendAsync(request);
        var page = await new StreamReader(await Decoded(response)).ReadToEndAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("<main><form><p class=\"error\">too many: quantity=900</p></form></main><aside><p>side</p></aside>", page, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.True(response.Headers.CacheControl is { NoStore: true });
        Assert.Null(response.Headers.ETag);

        var sent = service.Requests[0];
        Assert.Equal((method, "/basket/7?step=2", "identity", "session=1"), (sent.Method, sent.Target, sent.Headers["Accept-Encoding"], sent.Headers["Cookie"]));
        Assert.Equal((true, false), (sent.Headers.ContainsKey("Sec-Fetch-Site"), sent.Headers.ContainsKey("Sec-Fetch-Dest")));
        Assert.Equal([("GET", "/side?id=7")], service.Requests.Skip(1).Select(r => (r.Method, r.Target)));
    }

    [Fact]
    public async Task Reading_the_page_is_as_ever()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/form", "<form>empty</form>").Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service);

        Assert.Contains("<main><form>empty</form></main>", await gateway.GetAsync("/basket/7"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_other_slots_are_fetched_when_the_form_has_been_answered()
    {
        await using var service = await ScriptedService.StartAsync();
        var gate = new Gate();
        service.Answers("/basket/7", Answer.Html("<p>done</p>").After(gate)).Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service);

        var answer = gateway.Client.PostAsync("/basket/7", null);
        await gate.Reached;
        Assert.Equal(0, service.Count("/side"));
        gate.Open();
        using var response = await answer;

        Assert.Contains("<p>side</p>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(303, 2)]
    [InlineData(200, 2)]
    [InlineData(422, 1)]
    public async Task What_a_form_changed_shows_when_the_page_is_read_again(int status, int fetches)
    {
        await using var service = await ScriptedService.StartAsync();
        var remembered = Answer.Html("<p>x</p>").With("Cache-Control", "max-age=600");
        service.Answers("/form", remembered).Answers("/side", remembered);
        service.Answers("/basket/7", Answer.Html("<p>x</p>").WithStatus(status).With("Location", "/basket/7"));
        await using var gateway = await StartAsync(service);

        await gateway.GetAsync("/basket/7");
        await gateway.GetAsync("/basket/7");
        using (await gateway.Client.PostAsync("/basket/7", null))
        {
            await gateway.GetAsync("/basket/7");
        }

        Assert.Equal((fetches, fetches), (service.Count("/form"), service.Count("/side")));
    }

    [Fact]
    public async Task A_redirect_is_passed_on_with_its_cookies()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Html("<p>see there</p>").WithStatus(303).With("Location", "/thanks").With("Set-Cookie", "order=5; Path=/").With("Clear-Site-Data", "\"*\""));
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, "POST", "/basket/7", "Content-Length: 0");
        await page.ReadToEndAsync();

        Assert.Equal((303, "/thanks", "order=5; Path=/"), (page.Status, page.Header("Location"), page.Header("Set-Cookie")));
        Assert.Equal("<p>see there</p>", page.Body);
        Assert.Null(page.Header("Clear-Site-Data"));
        Assert.Equal(0, service.Count("/side"));
    }

    [Theory]
    [InlineData("application/json", 200)]
    [InlineData("application/problem+json", 422)]
    [InlineData("text/plain", 500)]
    public async Task An_answer_that_is_not_HTML_is_passed_on_as_it_comes(string type, int status)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Of(type, "{\"a\":1}"u8.ToArray()).WithStatus(status).With("X-Own", "1").HangingAfter(4));
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, "POST", "/basket/7", "Content-Length: 0");
        await page.ReadUntilAsync("{\"a\"");

        Assert.Equal((status, "1", "{\"a\""), (page.Status, page.Header("X-Own"), page.Body));
        Assert.Equal(0, service.Count("/side"));
    }

    [Fact]
    public async Task An_answer_without_a_body_is_passed_on()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Of("application/json", []).WithStatus(204));
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.DeleteAsync("/basket/7");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    [Fact]
    public async Task The_answer_is_held_to_what_its_slot_and_its_service_may()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", "</main></body><p onclick=\"steal()\">text<script>steal()</script><plain");
        service.Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.PostAsync("/basket/7", null);
        var page = await response.Content.ReadAsStringAsync();

        Assert.Contains("<aside><p>side</p></aside>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("steal", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("</main>").Length);
    }

    [Fact]
    public async Task An_answer_of_another_cluster_has_none_of_the_services_trust()
    {
        const string Script = "<p>text</p><script type=\"module\" src=\"/own.js\"></script>";
        await using var service = await ScriptedService.StartAsync();
        await using var legacy = await ScriptedService.StartAsync();
        service.Answers("/own/7", Answer.Html(Script).With("Set-Cookie", "basket=1"));
        legacy.Answers("/basket/7", Answer.Html(Script).With("Set-Cookie", "basket=1"));
        await using var gateway = await StartAsync(service, setup => setup
            .With("Trust", "App").With("SetCookies:0", "basket")
            .Page("/own/{id:int}", Layout, ("ComposeResponse", true))
            .ProxyRoute("own", "/own/{id}", "shop")
            .ProxyRoute("form", "/{**path}", "legacy")
            .Set("ReverseProxy:Clusters:legacy:Destinations:one:Address", legacy.Address));

        using var own = await gateway.Client.PostAsync("/own/7", null);
        using var foreign = await gateway.Client.PostAsync("/basket/7", null);

        Assert.Contains("/own.js", await own.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(own.Headers.Contains("Set-Cookie"));
        var page = await foreign.Content.ReadAsStringAsync();
        Assert.Contains("<main><p>text</p></main>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("own.js", page, StringComparison.Ordinal);
        Assert.False(foreign.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task A_composed_answer_keeps_no_header_of_its_service()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Html("<p>x</p>").WithStatus(401)
            .With("X-Own", "foreign").With("WWW-Authenticate", "foreign").With("Cache-Control", "public, max-age=99").With("ETag", "\"foreign\"").With("Set-Cookie", "foreign=1"));
        await using var gateway = await StartAsync(service);

        using var page = await RawPage.SendAsync(gateway.Address, "POST", "/basket/7", "Content-Length: 0");
        await page.ReadToEndAsync();

        Assert.Equal(401, page.Status);
        Assert.DoesNotContain("foreign", page.Head, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("<main><p>x</p></main>", page.Body, StringComparison.Ordinal);
        Assert.True(page.IsComplete);
    }

    [Theory]
    [InlineData("<p>secret</p>", 500, "text/html")]
    [InlineData("<p>secret</p>", 200, "text/html; charset=iso-8859-1")]
    public async Task An_answer_that_fails_is_the_gateways_error_page(string html, int status, string type)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Html(html).WithStatus(status).With("Content-Type", type));
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.PostAsync("/basket/7", null);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_answer_larger_than_a_fragment_may_be_is_not_shown()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Html("<p>" + new string('x', 100_000) + "</p>").HangingAfter(90_000));
        await using var gateway = await StartAsync(service, setup => setup.Set("Stitcher:Limits:FragmentBytes", 65536));

        using var response = await gateway.Client.PostAsync("/basket/7", null);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.DoesNotContain("xxx", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_whose_service_is_gone_is_not_sent_again_and_gets_the_gateways_error_page()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Aborts);
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.PostAsync("/basket/7", new StringContent("quantity=1"));

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.Contains("<!doctype html>", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task An_answer_cut_short_is_not_shown()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", Answer.Html("<p>the first half and the other</p>").CutAfter(10));
        await using var gateway = await StartAsync(service);

        using var response = await gateway.Client.PostAsync("/basket/7", null);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        Assert.DoesNotContain("the first", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_routes_own_limits_and_transforms_hold()
    {
        await using var service = await ScriptedService.StartAsync();
        service.AnswersBody("/forms/basket/7", body => Answer.Html($"<p>{body}</p>"));
        service.Answers("/side", "<p>side</p>");
        await using var gateway = await StartAsync(service, setup => setup
            .Set("ReverseProxy:Routes:form:MaxRequestBodySize", 16)
            .Set("ReverseProxy:Routes:form:Transforms:0:PathPrefix", "/forms")
            .Set("ReverseProxy:Routes:form:Match:Headers:0:Name", "X-Form")
            .Set("ReverseProxy:Routes:form:Match:Headers:0:Mode", "Exists"));

        using var fits = await PostAsync(gateway, "short", "X-Form");
        using var tooLong = await PostAsync(gateway, new string('x', 1000), "X-Form");
        using var unmatched = await PostAsync(gateway, "short", "X-Other");

        Assert.Contains("<main><p>short</p></main><aside><p>side</p></aside>", await fits.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, unmatched.StatusCode);
    }

    [Fact]
    public async Task A_route_that_asks_for_authorization_is_not_gone_around()
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/basket/7", "<p>secret</p>");
        await using var gateway = await StartAsync(service, setup => setup.Set("ReverseProxy:Routes:form:AuthorizationPolicy", "Default"));

        // The host has no authorization at all; the framework then refuses to run an endpoint that asks for it.
        using var response = await gateway.Client.PostAsync("/basket/7", null);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_page_without_a_primary_cannot_show_answers()
    {
        var refused = await Assert.ThrowsAsync<StitcherConfigurationException>(() => GatewayUnderTest.StartAsync(setup => setup
            .Service("shop", "http://127.0.0.1:1/", "Form=/form")
            .Page("/basket", "<fragment src=\"shop/Form\"></fragment>", ("ComposeResponse", true))));

        Assert.Contains("page-0.html: page 'page-0' shows the answers to its forms (ComposeResponse) and has no slot for them", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string body, string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/basket/7") { Content = new StringContent(body, Encoding.UTF8) };
        request.Headers.Add(header, "1");
        return await gateway.Client.SendAsync(request);
    }

    private static async Task<Stream> Decoded(HttpResponseMessage response)
    {
        var stream = await response.Content.ReadAsStreamAsync();
        return response.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new System.IO.Compression.BrotliStream(stream, System.IO.Compression.CompressionMode.Decompress),
            "gzip" => new System.IO.Compression.GZipStream(stream, System.IO.Compression.CompressionMode.Decompress),
            _ => stream,
        };
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, Action<GatewaySetup>? more = null) => GatewayUnderTest.StartAsync(setup =>
    {
        setup.Service("shop", service.Address, "Form=/form", "Side=/side")
            .Page("/basket/{id:int}", Layout, ("Deadline", "10s"), ("ComposeResponse", true))
            .ProxyRoute("form", "/{**path}", "shop");
        more?.Invoke(setup);
    });
}
