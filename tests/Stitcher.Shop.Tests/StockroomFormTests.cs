using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class StockroomFormTests(StockroomService stockroom) : IClassFixture<StockroomService>
{
    private const string New = "/admin/products/new";

    public static TheoryData<string, string, string> Wrongs => new()
    {
        { "name", "", "Write a name." },
        { "name", new string('n', 61), "Write a name of 60 characters or fewer; this is 61." },
        { "name", "two\nlines", "Write a name in one line, without special signs." },
        { "name", "fallow MUG", "There is a product of this name already." },
        { "name", "\u200b\u2060", "Write a name." },
        { "name", "Mug\u202egum", "Write a name in one line, without special signs." },
        { "category", "", "Choose the shelf that it stands on." },
        { "category", "attic", "Choose the shelf that it stands on." },
        { "price", "", "Write a price in euros, such as 24.00." },
        { "price", "dear", "Write a price in euros, such as 24.00." },
        { "price", "1e3", "Write a price in euros, such as 24.00." },
        { "price", "-1", "Write a price in euros, such as 24.00." },
        { "price", "1.234", "Write a price in euros, such as 24.00." },
        { "price", "0", "Write a price from 0.01 to 99999.99 euros." },
        { "price", "100000", "Write a price from 0.01 to 99999.99 euros." },
        { "stock", "", "Write how many there are, as a whole number." },
        { "stock", "some", "Write how many there are, as a whole number." },
        { "stock", "-1", "Write how many there are, as a whole number." },
        { "stock", "99999999999", "Write how many there are, as a whole number." },
        { "stock", "10000", "Write a number of pieces from 0 to 9999." },
        { "tagline", "", "Write a tagline." },
        { "tagline", new string('t', 101), "Write a tagline of 100 characters or fewer; this is 101." },
        { "description", "", "Write a description." },
        { "description", new string('d', 601), "Write a description of 600 characters or fewer; this is 601." },
        { "description", "a\u0007b", "Write a description without special signs." },
        { "maker", "", "Write a maker." },
        { "maker", new string('m', 61), "Write a maker of 60 characters or fewer; this is 61." },
        { "material", new string('m', 81), "Write a material of 80 characters or fewer; this is 81." },
        { "drawing", "", "Choose a drawing." },
        { "drawing", "../../etc/passwd", "Choose a drawing." },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_field_that_will_not_do_is_told_beside_it_and_all_others_are_kept(string field, string value, string sentence)
    {
        var fields = StockroomService.Fields("Spoilt in one place");
        fields[field] = value;
        using var answer = await stockroom.PostAsync(New, fields);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var form = await FragmentAnswer.OfAsync(answer);
        var wrong = form.Page.QuerySelector("[aria-invalid=true]")!;
        Assert.Equal([field], form.Page.QuerySelectorAll("[aria-invalid=true]").Select(control => control.GetAttribute("name")));
        Assert.Equal(sentence, form.Page.GetElementById(wrong.GetAttribute("aria-describedby")!)!.TextContent);
        Assert.Equal(["#" + wrong.Id], form.Page.QuerySelectorAll(".form-message[role=alert] a").Select(link => link.GetAttribute("href")));
        var kept = StockroomService.FieldsOf(form.Page, New);
        Assert.All(fields.Where(pair => pair.Key != field), pair => Assert.Equal(pair.Value, kept[pair.Key]));
        Assert.Contains("stockroom.css", form.Html, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Wrongs))]
    public async Task A_script_is_told_the_same_as_json(string field, string value, string sentence)
    {
        var fields = StockroomService.Fields("Spoilt in one place");
        fields[field] = value;
        using var answer = await stockroom.PostAsync(New, fields, asScript: true);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        using var told = await JsonAsync(answer);
        Assert.False(told.RootElement.GetProperty("ok").GetBoolean());
        Assert.Equal([(field, sentence)], told.RootElement.GetProperty("errors").EnumerateObject().Select(error => (error.Name, error.Value.GetString()!)));
    }

    [Fact]
    public async Task A_shelf_that_is_taken_away_while_a_product_is_put_on_it_is_said_beside_the_field()
    {
        using var made = await stockroom.PostAsync("/admin/categories", new() { ["act"] = "create", ["name"] = "Vestibule", ["blurb"] = "" });
        var fields = await stockroom.FormAsync("/fragments/product-form", New);
        var lamp = await stockroom.CreateAsync(StockroomService.Fields("Lamp of the vestibule"));
        var saved = await stockroom.FormAsync($"/fragments/product-form?id={lamp}", $"/admin/products/{lamp}");
        saved["category"] = "vestibule";

        // Both forms are read and looked through while the shelf is there, and wait for their turn to write until it is gone.
        Task<HttpResponseMessage> creating, changing;
        await using (var connection = new SqliteConnection($"Data Source={stockroom.Database};Foreign Keys=True;Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = connection.BeginTransaction(deferred: false);
            await using var command = connection.CreateCommand();
            command.CommandText = "DELETE FROM category WHERE slug = 'vestibule'";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            creating = stockroom.PostAsync(New, new(StockroomService.Fields("Left standing")) { ["category"] = "vestibule", ["form-token"] = fields["form-token"] });
            changing = stockroom.PostAsync($"/admin/products/{lamp}", saved);
            for (var look = 0; look < 8; look++)
            {
                Assert.Equal(HttpStatusCode.OK, (await stockroom.SeesAsync("/fragments/product-form")).Status);
            }

            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        foreach (var answer in (HttpResponseMessage[])[await creating, await changing])
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Equal("Choose the shelf that it stands on.", (await FragmentAnswer.OfAsync(answer)).Text("[data-error-for=category]"));
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Everything_wrong_at_once_is_told_at_once()
    {
        using var answer = await stockroom.PostAsync(New, new() { ["name"] = "" });
        var form = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(
            ["name", "category", "price", "stock", "tagline", "description", "maker", "drawing"],
            form.Page.QuerySelectorAll("[aria-invalid=true]").Select(control => control.GetAttribute("name")));
        Assert.Equal(8, form.Count(".form-message a"));
    }

    [Fact]
    public async Task What_is_written_into_a_form_stays_text()
    {
        const string attack = "\"><script>alert(1)</script>";
        var fields = StockroomService.Fields(attack);
        fields["description"] = "</textarea><img src=x onerror=alert(2)>";
        fields["price"] = "free";
        using var answer = await stockroom.PostAsync(New, fields);
        var form = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(0, form.Count("script, [onerror]"));
        Assert.Equal(attack, StockroomService.FieldsOf(form.Page, New)["name"]);
        Assert.Equal(fields["description"], StockroomService.FieldsOf(form.Page, New)["description"]);
    }

    [Theory]
    [InlineData("24", 2400)]
    [InlineData("24,5", 2450)]
    [InlineData("€0.01", 1)]
    [InlineData(" 99999.99 € ", 9999999)]
    public async Task A_price_may_be_written_as_people_write_it(string written, int cents)
    {
        var fields = StockroomService.Fields($"Priced {cents}");
        fields["price"] = written;
        var id = await stockroom.CreateAsync(fields);

        using var told = await ProductAsync(id);
        Assert.Equal(cents, told.RootElement.GetProperty("priceCents").GetInt32());
    }

    [Fact]
    public async Task A_product_that_was_created_is_found_shown_and_has_a_picture()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Otter jug"));

        Assert.True(id > 66);
        Assert.Equal("Otter jug", (await stockroom.SeesAsync($"/fragments/product-card?id={id}")).Text("h1"));
        Assert.Contains("Otter jug", (await stockroom.SeesAsync("/fragments/product-search?q=otter")).Html, StringComparison.Ordinal);
        using var picture = await stockroom.Service.Client.GetAsync(new Uri($"/assets/products/{id}.svg", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    [Fact]
    public async Task A_change_is_there_at_once_and_a_script_is_told_where_to_go_and_what_to_say()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Heron bowl"));
        var fields = await stockroom.FormAsync($"/fragments/product-form?id={id}", $"/admin/products/{id}");
        fields["name"] = "Heron dish";
        fields["category"] = "garden";
        using var answer = await stockroom.PostAsync($"/admin/products/{id}", fields, asScript: true);

        using var told = await JsonAsync(answer);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal($"/admin/products/{id}?done=saved", told.RootElement.GetProperty("location").GetString());
        Assert.Equal(id, told.RootElement.GetProperty("topics").GetProperty("product:updated").GetProperty("id").GetInt32());
        var card = await stockroom.SeesAsync($"/fragments/product-card?id={id}");
        Assert.Equal("Heron dish", card.Text("h1"));
        Assert.Equal("/products?category=garden", card.Page.QuerySelectorAll(".detail-way a")[^1].GetAttribute("href"));
        Assert.Equal(0, (await stockroom.SeesAsync("/fragments/product-search?q=heron+bowl")).Count("li"));
    }

    [Fact]
    public async Task Of_two_who_edit_one_product_the_second_sees_both_and_decides()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Curlew cup"));
        var (address, page) = ($"/admin/products/{id}", $"/fragments/product-form?id={id}");
        var first = await stockroom.FormAsync(page, address);
        var second = await stockroom.FormAsync(page, address);
        first["tagline"] = "Written by the first";
        second["tagline"] = "Written by the second";
        using (var saved = await stockroom.PostAsync(address, first))
        {
            Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        }

        using var refused = await stockroom.PostAsync(address, second);
        var form = await FragmentAnswer.OfAsync(refused);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.StartsWith("Somebody else changed this product", form.Text(".form-message"), StringComparison.Ordinal);
        Assert.Equal(["It says now: “Written by the first”"], form.Page.QuerySelectorAll(".field-theirs").Select(line => line.TextContent));
        var again = StockroomService.FieldsOf(form.Page, address);
        Assert.Equal("Written by the second", again["tagline"]);

        using var decided = await stockroom.PostAsync(address, again);
        Assert.Equal(HttpStatusCode.SeeOther, decided.StatusCode);
        Assert.Equal("Written by the second", (await stockroom.SeesAsync($"/fragments/product-card?id={id}")).Text(".detail-tagline"));
    }

    [Fact]
    public async Task What_was_sold_while_somebody_wrote_is_not_put_back_by_saving()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Plover pot"));
        var fields = await stockroom.FormAsync($"/fragments/product-form?id={id}", $"/admin/products/{id}");
        await ProductStockTests.TakeAsync(stockroom.Service, "sold-meanwhile", (id, 2));
        fields["tagline"] = "With another line";
        using var answer = await stockroom.PostAsync($"/admin/products/{id}", fields);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        using var told = await ProductAsync(id);
        Assert.Equal(1, told.RootElement.GetProperty("stock").GetInt32());
    }

    [Fact]
    public async Task A_product_is_deleted_after_a_question_and_its_number_is_never_given_again()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Last of its kind"));
        var fields = await stockroom.FormAsync($"/fragments/product-form?id={id}&remove=true", $"/admin/products/{id}/delete");
        using var answer = await stockroom.PostAsync($"/admin/products/{id}/delete", fields);

        Assert.Equal((HttpStatusCode.SeeOther, "/admin?done=deleted"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.NotFound, (await stockroom.SeesAsync($"/fragments/product-card?id={id}")).Status);
        Assert.Equal(0, (await stockroom.SeesAsync("/fragments/product-search?q=last+kind")).Count("li"));
        using var twice = await stockroom.PostAsync($"/admin/products/{id}/delete", fields);
        Assert.Equal(HttpStatusCode.NotFound, twice.StatusCode);
        Assert.True(await stockroom.CreateAsync(StockroomService.Fields("The one after")) > id);
    }

    [Fact]
    public async Task A_product_that_was_changed_since_is_not_deleted()
    {
        var id = await stockroom.CreateAsync(StockroomService.Fields("Changed before it goes"));
        var removal = await stockroom.FormAsync($"/fragments/product-form?id={id}&remove=true", $"/admin/products/{id}/delete");
        var change = await stockroom.FormAsync($"/fragments/product-form?id={id}", $"/admin/products/{id}");
        using (await stockroom.PostAsync($"/admin/products/{id}", change))
        {
        }

        using var answer = await stockroom.PostAsync($"/admin/products/{id}/delete", removal);

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stockroom.SeesAsync($"/fragments/product-card?id={id}")).Status);
    }

    [Theory]
    [InlineData(New)]
    [InlineData("/admin/products/7")]
    [InlineData("/admin/products/7/delete")]
    [InlineData("/admin/categories")]
    public async Task A_form_without_its_token_changes_nothing_and_comes_back_with_everything_kept(string address)
    {
        var fields = StockroomService.Fields("Sent by a stranger");
        using var answer = await stockroom.PostAsync(address, new(fields) { ["version"] = "1", ["act"] = "create", ["blurb"] = "" }, withToken: false);
        var form = await FragmentAnswer.OfAsync(answer);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("This form had been open for too long. Please send it again.", form.Text(".form-message p"), StringComparison.Ordinal);
        Assert.NotEmpty(form.Page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!);
        if (!address.EndsWith("/delete", StringComparison.Ordinal))
        {
            Assert.Contains(form.Page.QuerySelectorAll("input[name=name]"), input => input.GetAttribute("value") == "Sent by a stranger");
        }

        Assert.DoesNotContain("Sent by a stranger", (await stockroom.SeesAsync("/fragments/products-page?search=stranger")).Page.QuerySelector(".product-grid")?.TextContent ?? "", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await stockroom.SeesAsync("/fragments/product-card?id=7")).Status);
    }

    [Fact]
    public async Task A_token_of_another_session_does_not_hold()
    {
        var theirs = (await stockroom.FormAsync("/fragments/product-form", New, user: "2"))["form-token"];
        using var answer = await stockroom.PostAsync(New, new(StockroomService.Fields("With a borrowed token")) { ["form-token"] = theirs });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory]
    [InlineData("/fragments/products-admin", "/sign-in?return=%2Fadmin")]
    [InlineData("/fragments/product-form", "/sign-in?return=%2Fadmin%2Fproducts%2Fnew")]
    [InlineData("/fragments/product-form?id=7", "/sign-in?return=%2Fadmin%2Fproducts%2F7")]
    [InlineData("/fragments/category-manager", "/sign-in?return=%2Fadmin%2Fcategories")]
    public async Task Only_an_administrator_comes_in(string path, string signIn)
    {
        using var response = await stockroom.Service.Client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.SeeOther, signIn), (response.StatusCode, response.Headers.Location?.OriginalString));

        var customer = await stockroom.SeesAsync(path, "2", role: "");
        Assert.Equal(HttpStatusCode.Forbidden, customer.Status);
        Assert.Equal("The stockroom is for those who keep it.", customer.Text("h1"));
        Assert.Equal("no-store", customer.CacheControl);
        Assert.Equal(0, customer.Count("form"));

        var admin = await stockroom.SeesAsync(path);
        Assert.Equal((HttpStatusCode.OK, "no-store"), (admin.Status, admin.CacheControl));
    }

    [Theory]
    [InlineData(New)]
    [InlineData("/admin/products")]
    [InlineData("/admin/products/7")]
    [InlineData("/admin/products/7/delete")]
    [InlineData("/admin/categories")]
    public async Task Nobody_else_changes_anything_by_posting(string address)
    {
        var fields = new Dictionary<string, string>(StockroomService.Fields("By a customer")) { ["version"] = "1", ["act"] = "delete", ["slug"] = "kitchen" };
        using (var customer = await stockroom.PostAsync(address, fields, IdentityToken.For("products", "2")))
        {
            Assert.Equal(HttpStatusCode.Forbidden, customer.StatusCode);
        }

        using (var script = await stockroom.PostAsync(address, fields, IdentityToken.For("products", "2"), asScript: true))
        using (var told = await JsonAsync(script))
        {
            Assert.Equal(HttpStatusCode.Forbidden, script.StatusCode);
            Assert.Equal("Only administrators may change what is on the shelves.", told.RootElement.GetProperty("message").GetString());
        }

        using var content = new FormUrlEncodedContent(fields);
        using var nobody = await stockroom.Service.Client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.SeeOther, $"/sign-in?return={Uri.EscapeDataString(address)}"), (nobody.StatusCode, nobody.Headers.Location?.OriginalString));
        Assert.Equal(HttpStatusCode.OK, (await stockroom.SeesAsync("/fragments/product-card?id=7")).Status);
    }

    [Fact]
    public async Task What_is_no_form_or_too_long_a_one_is_refused()
    {
        using var json = new StringContent("{}", null, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, New) { Content = json };
        request.Headers.Add(IdentityToken.Header, IdentityToken.For("products", "1", "admin"));
        using var answer = await stockroom.Service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);

        using var large = await stockroom.PostAsync(New, new() { ["description"] = new string('d', 100_000) });
        Assert.Contains(large.StatusCode, (HttpStatusCode[])[HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.BadRequest]);
    }

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private async Task<JsonDocument> ProductAsync(int id) => JsonDocument.Parse(
        await stockroom.Service.Client.GetStringAsync(new Uri($"/api/products/{id}", UriKind.Relative), TestContext.Current.CancellationToken));
}
