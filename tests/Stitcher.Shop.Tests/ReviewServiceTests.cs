using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Stitcher.Fragments.Testing;
using Stitcher.Local;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>The service that is not .NET, alone and behind the shop's gateway.</summary>
public sealed class ReviewServiceTests : IAsyncLifetime
{
    private const string Attack = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

    private static readonly string Folder = Path.Combine(Repository.Root, "fragments", "ReviewService");

    private readonly TemporaryFolder _folder = new();
    private readonly Uri _address = new($"http://localhost:{FreePort.Take()}/");
    private Process? _service;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_keeps_the_contract_as_any_service_does()
    {
        await using var host = FragmentHost.At(_address);
        host.Budget = host.Budget with { Time = Eventually.Deadline };
        var reviews = await host.GetAsync("ProductReviews", new { productId = 1, limit = 2, sent = 1 }, ct: Token);

        await reviews.AssertContractAsync(Token);
        await host.AssertManifestAsync(Token);
        Assert.Equal(2, reviews.Page.QuerySelectorAll("li.review").Length);
        Assert.Equal("kept to be asked about, shown for 600 s more while its service fails", reviews.Kept);
    }

    [Theory]
    [InlineData("productId=0", "productId is a whole number from 1")]
    [InlineData("productId=x", "productId is a whole number from 1")]
    [InlineData("limit=101", "limit is a whole number from 1 to 100.")]
    public async Task A_parameter_out_of_range_is_a_400_in_a_sentence(string query, string sentence)
    {
        using var http = Client();
        using var answer = await http.GetAsync($"/fragments/product-reviews?{query}", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(sentence, await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\u202eesrever", "5", "Good for what it is.", "name")]
    [InlineData("\u200b\u200b", "5", "Good for what it is.", "name")]
    [InlineData("two\nlines", "5", "Good for what it is.", "name")]
    [InlineData("Ada", "1e400", "Good for what it is.", "rating")]
    [InlineData("Ada", "-5", "Good for what it is.", "rating")]
    [InlineData("Ada", "٥", "Good for what it is.", "rating")]
    [InlineData("Ada", "5", "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b", "text")]
    public async Task A_field_that_will_not_do_is_told_beside_it(string name, string rating, string words, string field)
    {
        using var http = Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/products/9/reviews") { Content = Form(name, rating, words), Headers = { { "Accept", "application/json" } } };
        using var answer = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal([field], JsonNode.Parse(await answer.Content.ReadAsStringAsync(Token))!["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task What_could_not_be_written_down_is_not_shown_and_can_be_sent_again()
    {
        using var http = Client();
        var file = _folder.File("reviews.jsonl");
        File.Move(file, file + ".aside");
        Directory.CreateDirectory(file);

        using var failed = await http.PostAsync("/products/9/reviews", Form("مريم", "5", "Kept at the second try, שלום 🫖."), Token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        Assert.Contains("Kept at the second try", new HtmlParser().ParseDocument(await failed.Content.ReadAsStringAsync(Token)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Kept at the second try", await http.GetStringAsync("/fragments/product-reviews?productId=9", Token), StringComparison.Ordinal);

        Directory.Delete(file);
        File.Move(file + ".aside", file);
        var sent = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => http.PostAsync("/products/9/reviews", Form("مريم", "5", "Kept at the second try, שלום 🫖."), Token)));
        Assert.All(sent, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Single((await File.ReadAllTextAsync(file, Token)).Split("Kept at the second try").Skip(1));

        // Each in the direction of its own letters.
        var page = new HtmlParser().ParseDocument(await http.GetStringAsync("/fragments/product-reviews?productId=9", Token));
        Assert.Equal("مريم", page.QuerySelector(".review-head bdi")?.TextContent);
        Assert.Equal("auto", page.QuerySelector(".review p:nth-of-type(2)")?.GetAttribute("dir"));
    }

    [Fact]
    public async Task A_product_without_a_number_is_not_spoken_of()
    {
        using var http = Client();
        using var answer = await http.PostAsync("/products/0/reviews", Form("Ada", "5", "Good for what it is."), Token);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_product_that_does_not_exist_gets_no_review_and_while_nobody_can_say_the_form_is_kept()
    {
        await using var products = await ScriptedService.StartAsync();
        products.Answers("/api/products/9", Answer.Of("application/json", "{}"u8.ToArray())).Answers("/api/products/8", Answer.Status(500));
        await EndAsync();
        await StartAsync(products.Address);
        using var http = Client();

        using var there = await http.PostAsync("/products/9/reviews", Form("Wim", "4", "Good for what it is."), Token);
        using var nowhere = await http.PostAsync("/products/7/reviews", Form("Wim", "4", "Good for what it is."), Token);
        using var unknown = await http.PostAsync("/products/8/reviews", Form("Wim", "4", "Good for what it is."), Token);

        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.NotFound, HttpStatusCode.ServiceUnavailable], new[] { there, nowhere, unknown }.Select(answer => answer.StatusCode));
        Assert.Contains("Good for what it is.", new HtmlParser().ParseDocument(await unknown.Content.ReadAsStringAsync(Token)).QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Good for what it is.", await http.GetStringAsync("/fragments/product-reviews?productId=7", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_writes_very_much_has_to_wait_and_others_do_not_and_a_product_has_only_so_much_room()
    {
        await EndAsync();
        await File.AppendAllLinesAsync(_folder.File("reviews.jsonl"), Enumerable.Repeat("""{"productId":9,"name":"Ada","rating":4,"text":"Good for what it is.","day":"2026-01-01"}""", 1000), Token);
        await StartAsync();
        using var http = Client();
        using var full = await http.PostAsync("/products/9/reviews", Form("Wim", "4", "One more about this one."), Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, full.StatusCode);
        Assert.Contains("There is no room for more here", await full.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);

        var answers = new List<(HttpStatusCode Status, TimeSpan? Pause)>();
        await Eventually.HoldsAsync(async () => (await SendAsync("203.0.113.7")).Status == HttpStatusCode.TooManyRequests, "somebody has to wait");

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromMinutes(1)), answers[^1]);
        Assert.All(answers.SkipLast(1), answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Equal(HttpStatusCode.SeeOther, (await SendAsync("203.0.113.8")).Status);

        async Task<(HttpStatusCode Status, TimeSpan? Pause)> SendAsync(string client)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/products/5/reviews") { Content = Form("Wim", "4", $"This is word number {answers.Count}."), Headers = { { "X-Forwarded-For", $"198.51.100.1, {client}" } } };
            using var answer = await http.SendAsync(request, Token);
            answers.Add((answer.StatusCode, answer.Headers.RetryAfter?.Delta));
            return answers[^1];
        }
    }

    [Fact]
    public async Task It_ends_in_order_and_what_was_written_is_there_the_next_time()
    {
        using var http = Client();
        using var sent = await http.PostAsync("/products/9/reviews", Form("Wim", "4", "Kept over a restart."), Token);
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        await EndAsync();
        await File.AppendAllTextAsync(_folder.File("reviews.jsonl"), "{\"productId\":9,\"na", Token);
        await StartAsync();

        using var again = Client();
        Assert.Contains("Kept over a restart.", await again.GetStringAsync("/fragments/product-reviews?productId=9", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_reviews_stand_on_the_shops_pages_and_its_form_works_through_the_gateway()
    {
        await using var gateway = await GatewayAsync();
        await ShowsAsync(gateway, "/products/7/reviews", "Good light, short cable.");
        var product = await ShowsAsync(gateway, "/products/4", "the book inside was dry");
        Assert.Contains("data-module=\"reviews/ProductReviews\"", product, StringComparison.Ordinal);

        // Every field wrong: the page is there around the form, each message is at its field, and what was typed is kept.
        using var refused = await gateway.Client.PostAsync("/products/7/reviews", Form("", "6", Attack[..9]), Token);
        var page = new HtmlParser().ParseDocument(await refused.Content.ReadAsStringAsync(Token));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.NotNull(page.QuerySelector("header, nav"));
        Assert.Equal(
            ["Say what to call you.", "Choose from one star to five.", "A few words more: at least 10 letters."],
            page.QuerySelectorAll(".product-reviews .field-error").Select(error => error.TextContent));
        Assert.Equal(Attack[..9], page.QuerySelector("textarea")!.TextContent.TrimStart('\n'));
        Assert.All(page.QuerySelectorAll("[aria-describedby^=product-reviews]"), field => Assert.NotNull(page.GetElementById(field.GetAttribute("aria-describedby")!)));

        // Sent twice, it is there once, and as text.
        for (var time = 0; time < 2; time++)
        {
            using var taken = await gateway.Client.PostAsync("/products/7/reviews", Form("Ada", "5", Attack), Token);
            Assert.Equal((HttpStatusCode.SeeOther, "/products/7/reviews?sent=1"), (taken.StatusCode, taken.Headers.Location?.OriginalString));
        }

        var after = new HtmlParser().ParseDocument(await ShowsAsync(gateway, "/products/7/reviews?sent=1", "Thank you. What you wrote is below."));
        Assert.Equal("Thank you. What you wrote is below.", after.QuerySelector(".message-good")?.TextContent);
        Assert.Equal([Attack, "Good light, short cable."], after.QuerySelectorAll(".review p:nth-of-type(2)").Select(text => text.TextContent));
        Assert.Empty(after.QuerySelectorAll("[onerror]"));

        using var request = new HttpRequestMessage(HttpMethod.Post, "/products/7/reviews") { Content = Form("Ada", "", "short"), Headers = { { "Accept", "application/json" } } };
        using var asJson = await gateway.Client.SendAsync(request, Token);
        var errors = JsonNode.Parse(await asJson.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asJson.StatusCode);
        Assert.Equal(["rating", "text"], errors["errors"]!.AsObject().Select(error => error.Key));

        // Remembered by the gateway, though it asks each time: the reviews outlive the service, and the page of a product that nobody looked at is whole without them.
        _service!.Kill();
        await _service.WaitForExitAsync(Token);
        Assert.Contains("Good light, short cable.", await gateway.Client.GetStringAsync("/products/7/reviews?sent=1", Token), StringComparison.Ordinal);
    }

    public async ValueTask InitializeAsync() => await StartAsync();

    public ValueTask DisposeAsync()
    {
        if (_service is not null)
        {
            try
            {
                _service.Kill();
            }
            catch (InvalidOperationException)
            {
                // The test has ended it.
            }

            _service.Dispose();
        }

        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task EndAsync()
    {
        _service!.StandardInput.Close();
        await _service.WaitForExitAsync(Token);
        Assert.Equal(0, _service.ExitCode);
        _service.Dispose();
    }

    private async Task StartAsync(string products = "")
    {
        var node = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "node")).FirstOrDefault(File.Exists);
        if (node is null)
        {
            var isRequired = (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);
            Assert.SkipUnless(isRequired, "The reviews service needs Node, and there is no node on the path.");
            Assert.Fail("There is no node on the path.");
        }

        _service = Process.Start(new ProcessStartInfo(node, [Path.Combine(Folder, "server.mjs")])
        {
            RedirectStandardInput = true,
            Environment = { ["PORT"] = $"{_address.Port}", ["REVIEWS_FILE"] = _folder.File("reviews.jsonl"), ["PRODUCT_SERVICE_URL"] = products, ["ENDS_WITH_INPUT"] = "1" },
        })!;
        using var http = Client();
        await Eventually.HoldsAsync(
            async () =>
            {
                try
                {
                    return (await http.GetAsync("/.well-known/stitcher.json", Token)).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            "the reviews service listens");
    }

    /// <summary>The shop's gateway with what the launcher adds to its settings for <c>--with-reviews</c>.</summary>
    private async Task<ServiceProcess> GatewayAsync()
    {
        var environment = new Dictionary<string, string>(ReviewService.Settings(Repository.Root))
        {
            ["Stitcher__Limits__ParseTime"] = "5s",
            ["Stitcher__Limits__ConnectTime"] = "5s",
            ["Stitcher__Limits__BetweenBytes"] = "0s",
            ["Stitcher__Management__Url"] = $"http://127.0.0.1:{FreePort.Take()}",
            ["ReverseProxy__Clusters__reviews__Destinations__one__Address"] = _address.ToString(),
        };
        return await ServiceProcess.StartAsync("gateway", environment, ["--urls", "http://127.0.0.1:0"]);
    }

    private static async Task<string> ShowsAsync(ServiceProcess gateway, string path, string text)
    {
        var page = "";
        await Eventually.HoldsAsync(
            async () =>
            {
                using var response = await gateway.Client.GetAsync(path, Token);
                page = await response.Content.ReadAsStringAsync(Token);
                return page.Contains(text, StringComparison.Ordinal);
            },
            $"{path} shows {text}");
        return page;
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = _address };

    private static FormUrlEncodedContent Form(string name, string rating, string text) =>
        new(new Dictionary<string, string> { ["name"] = name, ["rating"] = rating, ["text"] = text });
}
