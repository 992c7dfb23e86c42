using System.Net;
using Microsoft.Extensions.Time.Testing;
using Stitcher.Configuration;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>The gateway's own sessions: made, replaced and ended by what a service says in its answer to a form.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string Ada = """{"sub":"1","name":"Ada","role":["admin"],"theme":"dark"}""";
    private const string Tomas = """{"sub":"2","name":"Tomas"}""";

    private readonly IdentityKeys _keys = new();
    private ScriptedService _users = null!;
    private ScriptedService _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _users = await ScriptedService.StartAsync();
        _shop = await ScriptedService.StartAsync();
        _users.Answers("/sign-in", SessionSetup.SignsIn(Ada));
        _users.Answers("/sign-out", SessionSetup.SeeOther().With("Stitcher-Session", "end"));
        _shop.Answers("/who", request => Answer.Html($"<p>{_keys.SubjectOf(request)}</p>"));
    }

    public async ValueTask DisposeAsync()
    {
        await _users.DisposeAsync();
        await _shop.DisposeAsync();
        _keys.Dispose();
    }

    [Fact]
    public async Task A_form_that_signs_in_makes_a_session_that_the_browser_keeps_to_itself()
    {
        await using var gateway = await StartAsync();

        using var answer = await gateway.PostAsync("/sign-in");

        Assert.Equal((HttpStatusCode.SeeOther, "/"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var line = Assert.Single(answer.SetCookies());
        Assert.Matches("^stitcher\\.session=[^;]+; path=/; samesite=lax; httponly$", line);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Stitcher-", StringComparison.OrdinalIgnoreCase));
        Assert.True(answer.Headers.CacheControl is { NoStore: true });
        Assert.Contains("<p>1</p>", await gateway.GetAsync("/", answer.Session()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_told_what_was_said_and_never_see_the_session()
    {
        await using var gateway = await StartAsync();
        using var answer = await gateway.PostAsync("/sign-in");

        await gateway.GetAsync("/", answer.Session() + "; basket=7");
        using var plain = await gateway.PostAsync("/shop/x", answer.Session() + "; basket=7");

        var told = _keys.Read(_shop.Requests[0].Headers["Stitcher-Identity"]);
        Assert.Equal(("1", "Ada", "admin", "dark"), (Text("sub"), Text("name"), Text("role"), Text("theme")));
        Assert.InRange(Text("sid")!.Length, 20, 40);
        Assert.False(_shop.Requests[0].Headers.ContainsKey("Cookie"));
        Assert.Equal("basket=7", _shop.Requests[1].Headers["Cookie"]);
        Assert.Equal("1", _keys.SubjectOf(_shop.Requests[1]));

        string? Text(string claim) => told.GetProperty(claim).GetString();
    }

    [Fact]
    public async Task Whoever_signs_in_gets_a_session_with_a_new_name_and_whoever_only_tells_more_keeps_theirs()
    {
        await using var gateway = await StartAsync();
        using var first = await gateway.PostAsync("/sign-in");
        await gateway.GetAsync("/", first.Session());
        _users.Answers("/preferences", SessionSetup.SignsIn("""{"sub":"1","name":"Ada","theme":"light"}"""));
        using var told = await gateway.PostAsync("/preferences", first.Session());
        await gateway.GetAsync("/", told.Session());
        _users.Answers("/sign-in", SessionSetup.SignsIn(Tomas));
        using var other = await gateway.PostAsync("/sign-in", told.Session());
        await gateway.GetAsync("/", other.Session());
        _users.Answers("/sign-in", SessionSetup.SignsIn(Ada));
        using var again = await gateway.PostAsync("/sign-in");
        await gateway.GetAsync("/", again.Session());

        var tokens = _shop.Requests.Select(request => _keys.Read(request.Headers["Stitcher-Identity"])).ToArray();
        var names = tokens.Select(token => token.GetProperty("sid").GetString()).ToArray();
        Assert.Equal(names[0], names[1]);
        Assert.Equal("light", tokens[1].GetProperty("theme").GetString());
        Assert.False(tokens[1].TryGetProperty("role", out _));
        Assert.Equal(3, names.Distinct().Count());
        Assert.Equal(["1", "1", "2", "1"], tokens.Select(token => token.GetProperty("sub").GetString()));
    }

    [Fact]
    public async Task A_session_ends_and_its_cookie_goes()
    {
        await using var gateway = await StartAsync();
        using var session = await gateway.PostAsync("/sign-in");

        using var end = await gateway.PostAsync("/sign-out", session.Session());

        Assert.StartsWith("stitcher.session=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=/", Assert.Single(end.SetCookies()), StringComparison.Ordinal);
        Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", end.Session()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sign-out")]
    [InlineData("/sign-in-as-another")]
    public async Task A_copy_of_a_session_that_has_ended_is_worth_nothing_as_long_as_it_could_be_good(string way)
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        _users.Answers("/sign-in-as-another", SessionSetup.SignsIn(Tomas));
        await using var gateway = await StartAsync(setup => setup.Time = clock);
        using var session = await gateway.PostAsync("/sign-in");
        using var elsewhere = await gateway.PostAsync("/sign-in");

        using var end = await gateway.PostAsync(way, session.Session());

        Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", session.Session()), StringComparison.Ordinal);
        Assert.Contains("<p>1</p>", await gateway.GetAsync("/", elsewhere.Session()), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", session.Session()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_around_an_answer_that_signs_in_is_already_that_users_and_carries_the_session()
    {
        _users.Answers("/sign-in", Answer.Html("<p>welcome</p>").With("Stitcher-Session", SessionSetup.Statement(Ada)).With("Set-Cookie", "own=1"));
        await using var gateway = await StartAsync(setup => setup.Set("Stitcher:Services:0:SetCookies:0", "own"));

        using var answer = await gateway.PostAsync("/sign-in");
        var page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("<p>welcome</p>", page, StringComparison.Ordinal);
        Assert.Contains("<p>1</p>", page, StringComparison.Ordinal);
        Assert.Equal(["own", "stitcher.session"], answer.SetCookies().Select(line => line.Split('=')[0]).Order(StringComparer.Ordinal));
        Assert.Contains("<p>1</p>", await gateway.GetAsync("/", answer.Session()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop", "POST", 303, "it may not sign users in")]
    [InlineData("users", "GET", 303, "only the answer to a form may make one")]
    [InlineData("users", "POST", 422, "its answer has the status 422")]
    public async Task What_may_not_sign_in_makes_no_session_and_its_header_still_never_reaches_a_browser(string service, string method, int status, string reason)
    {
        (service == "shop" ? _shop : _users).Answers(
            service == "shop" ? "/shop/x" : "/x", SessionSetup.SignsIn(Ada).WithStatus(status));
        await using var gateway = await StartAsync();

        using var request = new HttpRequestMessage(new HttpMethod(method), service == "shop" ? "/shop/x" : "/x");
        using var answer = await gateway.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(answer.SetCookies());
        Assert.False(answer.Headers.Contains("Stitcher-Session"));
        Assert.Contains(reason, (await gateway.Log.SingleAsync("SessionRefused")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not base64!", "neither 'end' nor JSON in base64url")]
    [InlineData("bm8ganNvbg", "neither 'end' nor JSON in base64url")]
    [InlineData("[1]", "is not one JSON object of texts and lists of texts")]
    [InlineData("""{"sub":1}""", "is not one JSON object of texts and lists of texts")]
    [InlineData("""{"sub":"1","role":[1]}""", "is not one JSON object of texts and lists of texts")]
    [InlineData("""{"name":"Ada"}""", "does not say who it is about ('sub')")]
    [InlineData("""{"sub":""}""", "does not say who it is about ('sub')")]
    [InlineData("""{"sub":"1","sid":"mine"}""", "names the session ('sid')")]
    public async Task A_statement_that_makes_no_sense_makes_no_session(string statement, string reason)
    {
        _users.Answers("/sign-in", SessionSetup.SeeOther().With("Stitcher-Session", statement[0] is '{' or '[' ? SessionSetup.Statement(statement) : statement));
        await using var gateway = await StartAsync();

        using var answer = await gateway.PostAsync("/sign-in");

        Assert.Empty(answer.SetCookies());
        Assert.Contains(reason, (await gateway.Log.SingleAsync("SessionRefused")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_that_is_huge_or_said_twice_makes_no_session()
    {
        await using var gateway = await StartAsync();
        _users.Answers("/long", SessionSetup.SignsIn($$"""{"sub":"1","name":"{{new string('x', 3000)}}"}"""));
        _users.Answers("/many", SessionSetup.SignsIn($$"""{"sub":"1","role":[{{string.Join(",", Enumerable.Repeat("\"a\"", 40))}}]}"""));
        _users.Answers("/twice", SessionSetup.SignsIn(Ada).With("Stitcher-Session", "end"));

        foreach (var path in new[] { "/long", "/many", "/twice" })
        {
            using var answer = await gateway.PostAsync(path);
            Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
            Assert.Empty(answer.SetCookies());
        }

        Assert.Equal(3, (await gateway.Log.AtLeastAsync("SessionRefused", 3)).Count);
        Assert.DoesNotContain(gateway.Log.Records, record => record.Text.Contains("xxxx", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_signs_in_by_a_header_of_their_own_or_by_a_cookie_that_was_changed()
    {
        await using var gateway = await StartAsync();
        using var session = await gateway.PostAsync("/sign-in");
        var real = session.Session();

        using var forged = await gateway.PostAsync("/shop/x", null, ("Stitcher-Session", SessionSetup.Statement(Ada)), ("Stitcher-Identity", "forged"));
        foreach (var cookie in new[] { real[..^6] + "AAAAAA", real[..^20], SessionSetup.Cookie + "=", SessionSetup.Cookie + "=chunks-9", SessionSetup.Cookie + "=" + new string('A', 6000) })
        {
            Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", cookie), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(_shop.Requests[0].Headers, header => header.Key.StartsWith("Stitcher-", StringComparison.OrdinalIgnoreCase));
        Assert.Empty(forged.SetCookies());
    }

    [Fact]
    public async Task No_service_puts_another_session_in_the_browsers_place()
    {
        await using var gateway = await StartAsync();
        _shop.Answers("/shop/x", Answer.Html("<p>x</p>")
            .With("Set-Cookie", "stitcher.session=stolen; path=/").With("Set-Cookie", "basket=7; path=/")
            .With("Set-Cookie", "stitcher.sessionC1=stolen").With("Set-Cookie", "=stitcher.session=stolen; path=/").With("Set-Cookie", " = stitcher.session=stolen").With("Set-Cookie", "__Host-stitcher.session=stolen; Secure; Path=/"));

        using var answer = await gateway.Client.GetAsync("/shop/x");

        Assert.Equal(["basket=7; path=/"], answer.SetCookies());
    }

    [Fact]
    public async Task A_session_ends_without_use_and_lives_on_while_it_is_used_but_not_for_ever()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var gateway = await StartAsync(setup =>
        {
            setup.Time = clock;
            setup.Set("Stitcher:Session:Lifetime", "10m").Set("Stitcher:Session:LongestLifetime", "25m");
        });
        using var session = await gateway.PostAsync("/sign-in");
        var cookie = session.Session();

        for (var i = 0; i < 3; i++)
        {
            clock.Advance(TimeSpan.FromMinutes(8));
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.Add("Cookie", cookie);
            using var page = await gateway.Client.SendAsync(request);
            Assert.Contains("<p>1</p>", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            cookie = page.Session();
        }

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", cookie), StringComparison.Ordinal);
        using var unused = await gateway.PostAsync("/sign-in");
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Contains("<p>nobody</p>", await gateway.GetAsync("/", unused.Session()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_remembered_for_a_user_is_forgotten_when_their_session_changes()
    {
        var version = 0;
        _shop.Answers("/who", _ => Answer.Html($"<p>version {++version}</p>").With("Cache-Control", "private, max-age=50"));
        await using var gateway = await StartAsync(setup => setup.With("Private", "Partitioned"));
        using var session = await gateway.PostAsync("/sign-in");
        Assert.Contains("version 1", await gateway.GetAsync("/", session.Session()), StringComparison.Ordinal);
        Assert.Contains("version 1", await gateway.GetAsync("/", session.Session()), StringComparison.Ordinal);

        using var told = await gateway.PostAsync("/sign-in", session.Session());
        Assert.Contains("version 2", await gateway.GetAsync("/", told.Session()), StringComparison.Ordinal);
        using var end = await gateway.PostAsync("/sign-out", told.Session());

        Assert.Contains("version 3", await gateway.GetAsync("/", told.Session()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gateways_with_one_folder_of_keys_know_each_others_sessions_and_others_do_not()
    {
        using var folder = new TemporaryFolder();
        await using var one = await StartAsync(setup => setup.Set("Stitcher:Session:KeyFolder", folder.Path));
        await using var two = await StartAsync(setup => setup.Set("Stitcher:Session:KeyFolder", folder.Path));
        using var elsewhere = new TemporaryFolder();
        await using var stranger = await StartAsync(setup => setup.Set("Stitcher:Session:KeyFolder", elsewhere.Path));
        using var session = await one.PostAsync("/sign-in");

        Assert.Contains("<p>1</p>", await two.GetAsync("/", session.Session()), StringComparison.Ordinal);
        Assert.Contains("<p>nobody</p>", await stranger.GetAsync("/", session.Session()), StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(folder.Path, "*.xml"));
    }

    [Theory]
    [InlineData("Stitcher:Session:CookieName", "__Host-mine", "Stitcher:Session:CookieName: '__Host-mine' begins with a prefix that is put there by itself over https")]
    [InlineData("Stitcher:Session:CookieName", "a b", "Stitcher:Session:CookieName: 'a b' is not a valid name")]
    [InlineData("Stitcher:Session:Lifetime", "5s", "Stitcher:Session:Lifetime: '5s' is out of range")]
    [InlineData("Stitcher:Session:LongestLifetime", "1h", "Stitcher:Session:LongestLifetime: '1h' is less than Lifetime, '12h'")]
    [InlineData("Stitcher:FormOrigins:0", "https://help.example.com/x", "Stitcher:FormOrigins:0: 'https://help.example.com/x' is no origin")]
    public async Task Settings_that_make_no_sense_stop_the_start(string key, string value, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StitcherConfigurationException>(() => StartAsync(setup => setup.Set(key, value)));

        Assert.Contains(sentence, Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_sessions_need_keys_that_outlive_the_gateway()
    {
        var refused = await Assert.ThrowsAsync<StitcherConfigurationException>(() => StartAsync(setup => setup.Environment = "Production"));
        using var folder = new TemporaryFolder();
        await using var gateway = await StartAsync(setup =>
        {
            setup.Environment = "Production";
            setup.Set("Stitcher:Session:KeyFolder", folder.Path);
        });

        Assert.Contains("Stitcher:Session:KeyFolder: is missing in the environment 'Production', and service 'users' signs users in", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_cannot_sign_users_in_at_a_host_that_keeps_no_sessions()
    {
        var refused = await Assert.ThrowsAsync<StitcherConfigurationException>(() => StartAsync(setup => setup.Services = static _ => { }));

        Assert.Contains("Stitcher:Services:0:SignsIn: the host has no sessions that service 'users' could make", Assert.Single(refused.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_with_an_authentication_of_its_own_lets_services_sign_users_in_by_that()
    {
        await using var gateway = await StartAsync(setup => setup.WithSignIn());

        using var answer = await gateway.PostAsync("/sign-in");

        var cookie = Assert.Single(answer.SetCookies()).Split(';')[0];
        Assert.StartsWith(SignIn.CookieName + "=", cookie, StringComparison.Ordinal);
        Assert.Contains("<p>1</p>", await gateway.GetAsync("/", cookie), StringComparison.Ordinal);
    }

    private Task<GatewayUnderTest> StartAsync(Action<GatewaySetup>? more = null) => SessionSetup.StartAsync(_keys, _users, _shop, more);
}
