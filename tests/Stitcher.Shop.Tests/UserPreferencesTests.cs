using System.Net;
using Microsoft.Data.Sqlite;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

public sealed class UserPreferencesTests(ShopServices shop)
{
    private const string Path = "/fragments/user-preferences";

    [Fact]
    public async Task Whoever_is_not_signed_in_keeps_them_in_a_cookie_of_the_service()
    {
        var visitor = Visitor();
        var reply = await ChoosesAsync(visitor, "dark", "de");

        Assert.Equal((HttpStatusCode.SeeOther, "/preferences?saved=true", null), (reply.Status, reply.Location, visitor.Session));
        Assert.Equal("preferences=dark.de; max-age=31536000; path=/; samesite=lax; httponly", visitor.SetCookie);

        visitor.Preferences = "dark.de";
        Assert.Equal("dark", (await visitor.SeesAsync(Path + "?saved=true")).Page.QuerySelector("[name=theme][checked]")?.GetAttribute("value"));
        Assert.Equal("dark", (await visitor.SeesAsync("/fragments/user-profile")).Page.QuerySelector("[data-theme-choice]")?.GetAttribute("data-theme-choice"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dark")]
    [InlineData("pink.de")]
    [InlineData("dark.de.x")]
    [InlineData("%22%3E%3Cscript%3E.en")]
    public async Task A_cookie_that_makes_no_sense_counts_for_nothing(string cookie)
    {
        var visitor = Visitor();
        visitor.Preferences = cookie;

        var page = await visitor.SeesAsync("/fragments/user-profile");

        Assert.Equal((HttpStatusCode.OK, "system"), (page.Status, page.Page.QuerySelector("[data-theme-choice]")?.GetAttribute("data-theme-choice")));
    }

    [Fact]
    public async Task A_users_are_kept_with_their_account_and_told_to_the_gateway()
    {
        using var folder = new TemporaryFolder();
        await using var users = await ShopServices.StartAsync("users", folder.File("users.db"));
        var visitor = new Visitor(users, "10.1.0.1") { Identity = IdentityToken.For("users", "4", locale: "de") };
        Assert.Contains("1.249,50 €", (await visitor.SeesAsync(Path)).Text("#user-preferences-locale-hint").Replace('\u00a0', ' '), StringComparison.Ordinal);

        var reply = await ChoosesAsync(visitor, "light", "fr", isScript: true);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal("""{"sub":"4","name":"Jonas Fenwick","theme":"light","locale":"fr"}""", visitor.Session);
        Assert.Null(visitor.SetCookie);
        var topics = reply.Json.GetProperty("topics");
        Assert.Equal(("light", "light", "fr"), (topics.GetProperty("theme:changed").GetString(), topics.GetProperty("theme").GetString(), topics.GetProperty("locale").GetString()));
        Assert.Equal("light fr", await AskAsync(folder.File("users.db"), "SELECT theme || ' ' || locale FROM user WHERE id = 4"));
    }

    [Theory]
    [InlineData("pink", "en", "theme", "Please choose one of these.")]
    [InlineData("dark", "xx", "locale", "Please choose one of these languages.")]
    public async Task A_choice_that_is_none_is_said_beside_its_field_with_the_rest_kept(string theme, string locale, string field, string sentence)
    {
        var visitor = Visitor();

        var reply = await ChoosesAsync(visitor, theme, locale);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, null), (reply.Status, visitor.SetCookie));
        Assert.Equal(sentence, reply.ErrorAt(field));
        Assert.Equal($"#user-preferences-{field}", reply.Answer.Page.QuerySelector(".form-message a")?.GetAttribute("href"));
        Assert.Equal(theme == "dark" ? "dark" : null, reply.Answer.Page.QuerySelector("[name=theme][checked]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_session_that_ended_between_form_and_sending_costs_one_sentence_and_no_choice()
    {
        var visitor = Visitor();
        visitor.Identity = IdentityToken.For("users", "5");
        var fields = await visitor.OpensAsync(Path, "/preferences");
        visitor.Identity = null;
        (fields["theme"], fields["locale"]) = ("dark", "fr");

        var reply = await visitor.SendsAsync("/preferences", fields);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, null, null), (reply.Status, visitor.Session, visitor.SetCookie));
        Assert.Equal("This form had been open for too long. Please send it again.", reply.Message);
        Assert.Equal("dark", reply.Answer.Page.QuerySelector("[name=theme][checked]")?.GetAttribute("value"));
        Assert.Equal("fr", reply.Answer.Page.QuerySelector("option[selected]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_of_version_1_gets_passwords_and_keeps_what_was_changed_in_it()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("users.db");
        await using (await ShopServices.StartAsync("users", file))
        {
        }

        await ChangeAsync(file, """
            ALTER TABLE user DROP COLUMN password; ALTER TABLE user DROP COLUMN role; ALTER TABLE user DROP COLUMN theme; ALTER TABLE user DROP COLUMN locale;
            UPDATE user SET email = 'tomas@example.com', town = 'Moved away' WHERE id = 2;
            UPDATE user SET email = 'own@address.example', name = 'Renamed' WHERE id = 3;
            PRAGMA user_version = 1;
            """);

        await using var users = await ShopServices.StartAsync("users", file);
        var visitor = new Visitor(users, "10.1.0.2");

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.SignsInAsync("tomas@saltmarsh.example", "saltmarsh")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.SignsInAsync("own@address.example", "saltmarsh")).Status);
        Assert.Equal("Moved away, Renamed, 10", await AskAsync(file, "SELECT group_concat(x, ', ') FROM (SELECT town x FROM user WHERE id = 2 UNION ALL SELECT name FROM user WHERE id = 3 UNION ALL SELECT count(*) FROM user)"));
    }

    private static async Task<FormReply> ChoosesAsync(Visitor visitor, string theme, string locale, bool isScript = false)
    {
        var fields = await visitor.OpensAsync(Path, "/preferences");
        (fields["theme"], fields["locale"]) = (theme, locale);
        return await visitor.SendsAsync("/preferences", fields, isScript);
    }

    private static async Task ChangeAsync(string file, string sql) => await AskAsync(file, sql);

    private static async Task<string?> AskAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))?.ToString();
    }

    private Visitor Visitor() => new(shop["users"], "10.1.1.1");
}
