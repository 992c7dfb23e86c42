using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class IdentityTests
{
    [Fact]
    public async Task V_116_Two_services_are_told_of_one_user_each_with_an_audience_of_its_own_and_never_see_the_session()
    {
        using var keys = new IdentityKeys();
        await using var orders = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(keys, orders, users, others);
        var cookie = await gateway.SignInAsync("sub=42&sid=s1&name=Maren&role=reader&role=editor&email=m%40example.com");

        await gateway.GetAsync("/", cookie + "; other=1", ("Stitcher-Identity", "forged"), ("Authorization", "Bearer forged"));

        var (forOrders, forUsers) = (Assert.Single(orders.Requests), Assert.Single(users.Requests));
        var (one, other) = (keys.Read(forOrders.Headers["Stitcher-Identity"]), keys.Read(forUsers.Headers["Stitcher-Identity"]));
        Assert.Equal(("orders", "users"), (one.GetProperty("aud").GetString(), other.GetProperty("aud").GetString()));
        Assert.Equal(("42", "s1", "stitcher"), (one.GetProperty("sub").GetString(), one.GetProperty("sid").GetString(), one.GetProperty("iss").GetString()));
        Assert.Equal("Maren", one.GetProperty("name").GetString());
        Assert.Equal(["editor", "reader"], one.GetProperty("role").EnumerateArray().Select(role => role.GetString()));
        Assert.False(one.TryGetProperty("email", out _));
        Assert.Equal("m@example.com", other.GetProperty("email").GetString());
        Assert.False(other.TryGetProperty("name", out _));
        Assert.InRange(one.GetProperty("exp").GetInt64() - one.GetProperty("iat").GetInt64(), 1, 120);

        var session = cookie.Split('=')[1];
        foreach (var request in (ReceivedRequest[])[forOrders, forUsers, Assert.Single(others.Requests)])
        {
            Assert.DoesNotContain(request.Headers, header => header.Key is "Cookie" or "Authorization" || header.Value.Contains("forged", StringComparison.Ordinal) || header.Value.Contains(session, StringComparison.Ordinal));
        }

        Assert.False(others.Requests[0].Headers.ContainsKey("Stitcher-Identity"));
    }

    [Fact]
    public async Task A_host_names_the_claims_by_which_it_knows_a_user_and_a_session()
    {
        using var keys = new IdentityKeys();
        await using var orders = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(
            keys, orders, users, others, setup => setup.Set("Stitcher:Identity:SubjectClaim", "uid").Set("Stitcher:Identity:SessionClaim", "visit"));
        await gateway.GetAsync("/", await gateway.SignInAsync("uid=7&visit=v3&sub=42&sid=s1"));

        var told = keys.Read(Assert.Single(orders.Requests).Headers["Stitcher-Identity"]);
        Assert.Equal(("7", "v3"), (told.GetProperty("sub").GetString(), told.GetProperty("sid").GetString()));
    }

    [Fact]
    public async Task V_116_When_nobody_is_signed_in_nobody_is_told_of()
    {
        using var keys = new IdentityKeys();
        await using var orders = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(keys, orders, users, others);

        await gateway.GetAsync("/", null, ("Stitcher-Identity", "forged"));

        Assert.False(Assert.Single(orders.Requests).Headers.ContainsKey("Stitcher-Identity"));
    }

    [Fact]
    public async Task V_117_A_token_near_its_end_is_renewed_once_for_fifty_pages_at_a_time()
    {
        using var keys = new IdentityKeys();
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var orders = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        await using var gateway = await StartAsync(keys, orders, users, others, setup => setup.Time = clock);
        var cookie = await gateway.SignInAsync("sub=42");

        await gateway.GetAsync("/", cookie);
        clock.Advance(TimeSpan.FromSeconds(90));
        await gateway.GetAsync("/", cookie);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => gateway.GetAsync("/", cookie)));

        var tokens = orders.Requests.Select(request => request.Headers["Stitcher-Identity"]).ToList();
        Assert.Equal(52, tokens.Count);
        Assert.Equal(tokens[0], tokens[1]);
        var renewed = Assert.Single(tokens.Skip(2).Distinct());
        Assert.NotEqual(tokens[0], renewed);
        Assert.Equal(91, keys.Read(renewed).GetProperty("iat").GetInt64() - keys.Read(tokens[0]).GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task V_118_Logs_and_metrics_hold_no_token_cookie_or_secret_of_the_query()
    {
        using var keys = new IdentityKeys();
        using var metrics = new MeterListener();
        var tags = new System.Collections.Concurrent.ConcurrentQueue<string>();
        metrics.InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument);
        metrics.SetMeasurementEventCallback<long>((_, _, values, _) => Note(values));
        metrics.SetMeasurementEventCallback<int>((_, _, values, _) => Note(values));
        metrics.SetMeasurementEventCallback<double>((_, _, values, _) => Note(values));
        metrics.Start();

        await using var orders = await ScriptedService.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        await using var others = await ScriptedService.StartAsync();
        orders.Answers("/orders", Answer.Status(500));
        users.Answers("/users", Answer.Html("<p>x").CutAfter(3));
        await using var gateway = await StartAsync(keys, orders, users, others, setup => setup.Set("Logging:LogLevel:Default", "Trace").Set("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));
        var cookie = await gateway.SignInAsync("sub=42");

        await gateway.GetAsync("/?q=secret-query", cookie + "; theme=secret-cookie", ("Authorization", "Bearer secret-bearer"));

        var token = Assert.Single(orders.Requests).Headers["Stitcher-Identity"];
        Assert.Equal("theme=secret-cookie", orders.Requests[0].Headers["Cookie"]);
        string[] secrets = [token, token.Split('.')[2], token.Split('.')[1], cookie.Split('=')[1], "secret-query", "secret-cookie", "secret-bearer"];
        Assert.Equal(Microsoft.Extensions.Logging.LogLevel.Information, (await gateway.Log.FirstAsync("PageDegraded")).Level);
        var ours = gateway.Log.Records.Where(record => !record.Category.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(ours, record => secrets.Any(secret => record.Text.Contains(secret, StringComparison.Ordinal) || record.Exception?.ToString().Contains(secret, StringComparison.Ordinal) == true));
        Assert.NotEmpty(tags);
        Assert.DoesNotContain(tags, tag => secrets.Any(secret => tag.Contains(secret, StringComparison.Ordinal)));

        void Note(ReadOnlySpan<KeyValuePair<string, object?>> values)
        {
            foreach (var (_, value) in values)
            {
                tags.Enqueue(value?.ToString() ?? "");
            }
        }
    }

    private static Task<GatewayUnderTest> StartAsync(
        IdentityKeys keys, ScriptedService orders, ScriptedService users, ScriptedService others, Action<GatewaySetup>? write = null) => GatewayUnderTest.StartAsync(setup =>
        {
            setup
                .WithSignIn()
                .Set("Stitcher:Identity:Key", keys.Reference)
                .Service("orders", orders.Address, "X=/orders?q={q}").With("Identity:Send", true).With("Forward:Cookies:0", "theme")
                .Service("users", users.Address, "X=/users").With("Identity:Send", true).With("Identity:Claims:0", "email")
                .Service("others", others.Address, "X=/others")
                .Page(
                    "/",
                    "<fragment src=\"orders/X?q={query.q}\" timeout=\"8s\"></fragment><fragment src=\"users/X\" timeout=\"8s\"></fragment><fragment src=\"others/X\" timeout=\"8s\"></fragment>",
                    ("Deadline", "10s"));
            write?.Invoke(setup);
        });
}
