using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class EventTrackerTests(ShopServices shop) : IAsyncDisposable
{
    private static int _numbers;

    private readonly string _visitor = $"visitor-{Interlocked.Increment(ref _numbers):00000}";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task It_shows_nothing_and_counts_by_an_image_where_there_is_no_script()
    {
        var answer = await FragmentAnswer.OfAsync(shop["analytics"], "/fragments/event-tracker");
        var onRoute = await FragmentAnswer.OfAsync(shop["analytics"], "/fragments/event-tracker?route=/products%3Fa%26b");

        var root = Assert.Single(answer.Page.Body!.Children);
        Assert.Equal("analytics/EventTracker", root.GetAttribute("data-module"));
        Assert.True(root.HasAttribute("hidden"));
        Assert.Contains("<noscript><img src=\"/track.gif\" alt=\"\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains("src=\"/track.gif?route=%2Fproducts%3Fa%26b\"", onRoute.Html, StringComparison.Ordinal);
        Assert.StartsWith("public, max-age=3600", answer.CacheControl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_accepted_is_on_the_disk_and_on_the_dashboard_even_of_a_service_that_dies_at_once()
    {
        var file = _folder.File("analytics.db");
        await using (var service = await ShopServices.StartAsync("analytics", file))
        {
            var before = await TotalsAsync(service);
            var (status, answer) = await TellAsync(
                service,
                Event("page_viewed", "\"path\":\"/products/7?from=mail#top\""),
                Event("cart_item_added", "\"productId\":7,\"quantity\":2"),
                Event("order_placed", "\"orderId\":90001"));
            await service.KillAsync();

            Assert.Equal((HttpStatusCode.OK, 3), (status, answer.GetProperty("accepted").GetInt32()));
            await using var again = await ShopServices.StartAsync("analytics", file);

            // A product's page is a product looked at.
            Assert.Equal(before.Select(number => number + 1).ToArray(), await TotalsAsync(again));
        }

        Assert.Equal("/products/7", await AskAsync(file, $"SELECT path FROM event WHERE name = 'page_viewed' AND visitor = '{_visitor}'"));
    }

    [Fact]
    public async Task What_no_dashboard_shows_any_more_is_forgotten_with_what_comes()
    {
        var file = _folder.File("analytics.db");
        await using var service = await ShopServices.StartAsync("analytics", file);
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = """
                WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 120)
                INSERT INTO event (name, day, visitor, path) SELECT 'page_viewed', date('now', '-402 days'), 'old', '/' FROM number
                UNION ALL SELECT 'page_viewed', date('now', '-398 days'), 'old', '/young'
                """;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await TellAsync(service, Event("page_viewed", "\"path\":\"/\""));
        Assert.Equal("20", await AskAsync(file, "SELECT count(*) || '' FROM event WHERE visitor = 'old' AND path = '/'"));
        await TellAsync(service, Event("page_viewed", "\"path\":\"/cart\""));
        Assert.Equal("/young", await AskAsync(file, "SELECT group_concat(path) FROM event WHERE visitor = 'old'"));
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        var events = new[] { Event("page_viewed", "\"path\":\"/cart\""), Event("cart_item_added", "\"productId\":3"), Event("order_placed", "\"orderId\":90002") };
        await TellAsync(shop["analytics"], events);

        var (status, answer) = await TellAsync(shop["analytics"], [.. events, Event("order_placed", "\"orderId\":90002")]);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((0, 4), (answer.GetProperty("accepted").GetInt32(), answer.GetProperty("repeated").GetInt32()));
        Assert.Equal("3", await CountAsync());
    }

    [Fact]
    public async Task A_product_that_is_chosen_and_then_shown_was_looked_at_once()
    {
        await TellAsync(shop["analytics"], Event("product_viewed", "\"productId\":9,\"title\":\"Reed pencils\""), Event("page_viewed", "\"path\":\"/products/9\""));
        await TellAsync(shop["analytics"], Event("product_viewed", "\"productId\":9"));

        Assert.Equal("1", await CountAsync("name = 'product_viewed'"));
        Assert.Equal("1", await CountAsync("name = 'page_viewed'"));
    }

    [Theory]
    [InlineData("""{"id":"12345678","name":"password_typed"}""", "name must be one of cart_item_added, order_placed, page_viewed, product_viewed, user_changed.")]
    [InlineData("""{"id":"short","name":"page_viewed","path":"/"}""", "id must be")]
    [InlineData("""{"name":"page_viewed","path":"/"}""", "id must be")]
    [InlineData("""{"id":"1234567'--","name":"page_viewed","path":"/"}""", "id must be")]
    [InlineData("""{"id":"12345678","name":"page_viewed"}""", "path must be")]
    [InlineData("""{"id":"12345678","name":"page_viewed","path":"//elsewhere.example"}""", "path must be")]
    [InlineData("""{"id":"12345678","name":"page_viewed","path":"https://elsewhere.example/"}""", "path must be")]
    [InlineData("""{"id":"12345678","name":"product_viewed"}""", "productId must be")]
    [InlineData("""{"id":"12345678","name":"product_viewed","productId":"7"}""", "productId must be")]
    [InlineData("""{"id":"12345678","name":"product_viewed","productId":7.5}""", "productId must be")]
    [InlineData("""{"id":"12345678","name":"cart_item_added","productId":7,"quantity":0}""", "quantity must be")]
    [InlineData("""{"id":"12345678","name":"order_placed","orderId":-1}""", "orderId must be")]
    [InlineData("""{"id":"12345678","name":"page_viewed","path":"/\ud800"}""", "An event is written in whole characters.")]
    [InlineData("""{"id":"1234567\udfff","name":"page_viewed","path":"/"}""", "An event is written in whole characters.")]
    [InlineData("""{"\udfff":1,"id":"12345678","name":"page_viewed","path":"/"}""", "An event is written in whole characters.")]
    [InlineData("""{"id":"12345678","name":"product_viewed","productId":7,"title":"lamp\u0000"}""", "title must")]
    [InlineData("""{"id":"12345678","name":"cart_item_added","productId":7,"quantity":1e400}""", "quantity must be")]
    [InlineData("\"page_viewed\"", "An event is an object")]
    [InlineData("null", "An event is an object")]
    public async Task An_event_that_makes_no_sense_is_refused_with_a_sentence_and_the_others_are_taken(string nonsense, string problem)
    {
        var (status, alone) = await TellAsync(shop["analytics"], nonsense);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(problem, alone.GetProperty("refused")[0].GetProperty("problem").GetString(), StringComparison.Ordinal);

        var (_, answer) = await TellAsync(shop["analytics"], nonsense, Event("page_viewed", "\"path\":\"/orders\""));
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(0, Assert.Single(answer.GetProperty("refused").EnumerateArray()).GetProperty("event").GetInt32());
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("nothing", 400)]
    [InlineData("[]", 400)]
    [InlineData("{}", 400)]
    [InlineData("""{"visitor":"visitor-x0","events":[]}""", 400)]
    [InlineData("""{"visitor":"x","events":[{"id":"12345678","name":"page_viewed","path":"/"}]}""", 400)]
    [InlineData("""{"visitor":"visitor-x0","events":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21]}""", 400)]
    [InlineData("""{"visitor":"visitor-x0","events":[[[[[[[[[[]]]]]]]]]]}""", 400)]
    public async Task A_body_that_is_no_batch_is_refused_with_a_sentence(string body, int expected)
    {
        using var response = await PostAsync(shop["analytics"], body);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Contains("\"message\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_too_long_or_no_JSON_is_refused()
    {
        using var tooLong = await PostAsync(shop["analytics"], $$"""{"visitor":"visitor-x0","events":["{{new string('x', 17 * 1024)}}"]}""");
        using var form = await shop["analytics"].Client.PostAsync(
            new Uri("/track", UriKind.Relative), new FormUrlEncodedContent([new("visitor", "visitor-x0")]), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, form.StatusCode);
    }

    [Fact]
    public async Task A_flood_is_held_back_visitor_by_visitor_and_what_was_accepted_of_it_is_all_there()
    {
        var (accepted, watch) = (0, Stopwatch.StartNew());
        HttpResponseMessage? refusal = null;
        for (var batch = 0; batch < 100 && refusal is null; batch++)
        {
            var response = await PostAsync(shop["analytics"], Batch([.. Enumerable.Range(0, 20).Select(_ => Event("page_viewed", "\"path\":\"/\""))]));
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                refusal = response;
            }
            else
            {
                accepted += JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("accepted").GetInt32();
                response.Dispose();
            }
        }

        Assert.NotNull(refusal);
        Assert.InRange(refusal.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        refusal.Dispose();

        // A hundred and twenty at once, and twenty more each ten seconds.
        Assert.InRange(accepted, 120, 140 + (20 * (int)(watch.Elapsed.TotalSeconds / 10)));
        Assert.Equal(accepted.ToString(CultureInfo.InvariantCulture), await CountAsync());

        using var another = await PostAsync(shop["analytics"], $$"""{"visitor":"{{_visitor}}-other","events":[{{Event("page_viewed", "\"path\":\"/\"")}}]}""");
        Assert.Equal(HttpStatusCode.OK, another.StatusCode);
    }

    [Fact]
    public async Task Batches_that_come_at_once_are_all_kept()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => TellAsync(shop["analytics"], Event("page_viewed", "\"path\":\"/\""), Event("cart_item_added", "\"productId\":1"))));

        Assert.All(answers, answer => Assert.Equal(2, answer.Answer.GetProperty("accepted").GetInt32()));
        Assert.Equal("32", await CountAsync());
    }

    [Fact]
    public async Task What_one_visitor_calls_a_product_is_not_what_everybody_reads()
    {
        var before = await FragmentAnswer.OfAsync(shop["analytics"], "/fragments/analytics-dashboard");
        var most = before.Page.QuerySelector(".board-top a")!;

        var product = most.GetAttribute("href")!["/products/".Length..];
        await TellAsync(shop["analytics"], Event("product_viewed", $"\"productId\":{product},\"title\":\"~~ Half the price at Marlow's\""));

        Assert.Equal("1", await CountAsync("title LIKE '~~%'"));
        var after = await FragmentAnswer.OfAsync(shop["analytics"], "/fragments/analytics-dashboard?range=30d&theme=light");
        Assert.Equal(most.TextContent, after.Text($".board-top a[href='/products/{product}']"));
    }

    [Theory]
    [InlineData("DNT")]
    [InlineData("Sec-GPC")]
    public async Task Who_asks_not_to_be_followed_is_not_counted(string header)
    {
        using var request = Request(Batch(Event("page_viewed", "\"path\":\"/\"")));
        request.Headers.Add(header, "1");
        using var response = await shop["analytics"].Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("0", await CountAsync());
    }

    [Fact]
    public async Task Only_the_gateways_token_says_who_it_was()
    {
        using var request = Request($$"""{"visitor":"{{_visitor}}","userId":1,"user_id":1,"events":[{{Event("page_viewed", "\"path\":\"/\",\"userId\":1,\"user_id\":1,\"sub\":1")}}]}""");
        (await shop["analytics"].Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal("1", await CountAsync("user_id IS NULL"));

        using var signedIn = Request(Batch(Event("page_viewed", "\"path\":\"/\"")));
        signedIn.Headers.Add(IdentityToken.Header, IdentityToken.For("analytics", "3"));
        (await shop["analytics"].Client.SendAsync(signedIn, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal("1", await CountAsync("user_id = 3"));

        using var forAnother = Request(Batch(Event("page_viewed", "\"path\":\"/\"")));
        forAnother.Headers.Add(IdentityToken.Header, IdentityToken.For("orders", "4"));
        (await shop["analytics"].Client.SendAsync(forAnother, TestContext.Current.CancellationToken)).Dispose();
        Assert.Equal("0", await CountAsync("user_id = 4"));
    }

    [Fact]
    public async Task The_image_counts_the_page_that_shows_it_and_no_other_sites()
    {
        var file = _folder.File("analytics.db");
        await using var service = await ShopServices.StartAsync("analytics", file);
        foreach (var (referrer, site) in ((string, string)[])[("http://shop.example/products/12?q=1", "same-origin"), ("http://elsewhere.example/", "cross-site"), ("", "same-origin")])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/track.gif", UriKind.Relative));
            request.Headers.Add("Sec-Fetch-Site", site);
            if (referrer.Length > 0)
            {
                request.Headers.Add("Referer", referrer);
            }

            using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "image/gif", true), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.CacheControl?.NoStore));
        }

        Assert.Equal("page_viewed /products/12, product_viewed 12", await AskAsync(
            file, "SELECT group_concat(name || ' ' || coalesce(product_id, path), ', ') FROM event WHERE key IS NOT NULL AND visitor IS NULL"));
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Event(string name, string rest) => $$"""{"id":"event-{{Interlocked.Increment(ref _numbers):00000}}","name":"{{name}}",{{rest}}}""";

    private string Batch(params string[] events) => $$"""{"visitor":"{{_visitor}}","events":[{{string.Join(',', events)}}]}""";

    private static HttpRequestMessage Request(string body)
    {
        var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, new Uri("/track", UriKind.Relative)) { Content = content };
    }

    private static async Task<HttpResponseMessage> PostAsync(ServiceProcess service, string body)
    {
        using var request = Request(body);
        return await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<(HttpStatusCode Status, JsonElement Answer)> TellAsync(ServiceProcess service, params string[] events)
    {
        using var response = await PostAsync(service, Batch(events));
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return (response.StatusCode, answer);
    }

    /// <summary>Visits, pages, products, carts and orders of the last 30 days, as the dashboard says.</summary>
    private static async Task<int[]> TotalsAsync(ServiceProcess service) =>
        [.. (await FragmentAnswer.OfAsync(service, "/fragments/analytics-dashboard")).Page.QuerySelectorAll(".board-figures dt + dd")
            .Select(number => int.Parse(number.TextContent, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))];

    private Task<string> CountAsync(string condition = "TRUE") =>
        AskAsync(shop.DatabaseOf("analytics"), $"SELECT CAST(count(*) AS TEXT) FROM event WHERE visitor = '{_visitor}' AND {condition}");

    private static async Task<string> AskAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
