using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class PrivateFragmentTests
{
    [Theory]
    [InlineData("NotStored", "max-age=60", 4)]
    [InlineData("NotStored", "public, max-age=60", 4)]
    [InlineData("Shared", "max-age=60", 4)]
    [InlineData("Shared", "private, max-age=60", 4)]
    [InlineData("Shared", "public, max-age=60", 1)]
    [InlineData("Shared", "s-maxage=60", 1)]
    [InlineData("Shared", "max-age=60, must-revalidate", 1)]
    [InlineData("Partitioned", "private, max-age=60", 2)]
    [InlineData("Partitioned", "public, max-age=60", 2)]
    [InlineData("Partitioned", "no-store", 4)]
    public async Task V_111_An_answer_to_a_request_with_a_token_is_shared_only_if_service_and_operator_say_so(string answers, string cacheControl, int asked)
    {
        using var keys = new IdentityKeys();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", cacheControl));
        await using var gateway = await StartAsync(service, keys, answers);
        var (a, b) = (await gateway.SignInAsync("sub=a"), await gateway.SignInAsync("sub=b"));

        foreach (var cookie in new[] { a, b, a, b })
        {
            await gateway.GetAsync("/", cookie);
        }

        Assert.Equal(asked, service.Requests.Count);
    }

    [Theory]
    [InlineData("NotStored", 4)]
    [InlineData("Shared", 4)]
    [InlineData("Partitioned", 4)]
    public async Task V_111_An_answer_to_a_request_with_a_forwarded_cookie_is_not_stored_without_a_word_of_the_service(string answers, int asked)
    {
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("service", service.Address, "X=/x").With("Forward:Cookies:0", "basket").With("Private", answers)
            .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));

        foreach (var cookie in new[] { "basket=1", "basket=2", "basket=1", "basket=2" })
        {
            await gateway.GetAsync("/", cookie);
        }

        Assert.Equal(asked, service.Requests.Count);
    }

    [Fact]
    public async Task V_111_Until_it_is_known_to_be_everybodys_nobody_waits_for_the_answer_to_somebody_else()
    {
        using var keys = new IdentityKeys();
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "public, max-age=60").After(gate));
        await using var gateway = await StartAsync(service, keys, "Shared");
        var (a, b) = (await gateway.SignInAsync("sub=a"), await gateway.SignInAsync("sub=b"));

        var pages = Task.WhenAll(gateway.GetAsync("/", a), gateway.GetAsync("/", b));
        await service.HasReceivedAsync("/x", 2);
        gate.Open();

        Assert.All(await pages, page => Assert.Contains("<p>x</p>", page, StringComparison.Ordinal));
        await gateway.GetAsync("/", a);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task V_111_What_nobody_was_answered_is_not_shown_to_somebody()
    {
        using var keys = new IdentityKeys();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Answer.Html($"<p>for {keys.SubjectOf(request)}</p>").With("Cache-Control", "max-age=60"));
        await using var gateway = await StartAsync(service, keys, "NotStored");
        var cookie = await gateway.SignInAsync("sub=a");

        Assert.Contains("for nobody", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Contains("for a", await gateway.GetAsync("/", cookie), StringComparison.Ordinal);
        Assert.Contains("for nobody", await gateway.GetAsync("/"), StringComparison.Ordinal);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task V_112_The_fragments_of_two_users_are_never_crossed()
    {
        using var keys = new IdentityKeys();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", request => Answer.Html($"<p>for {keys.SubjectOf(request)}</p>").With("Cache-Control", "private, max-age=60"));
        await using var gateway = await StartAsync(service, keys, "Partitioned");
        string[] cookies = [await gateway.SignInAsync("sub=A&sid=1"), await gateway.SignInAsync("sub=B&sid=1")];

        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/");
            request.Headers.TryAddWithoutValidation("Cookie", cookies[i % 2]);
            using var response = await gateway.Client.SendAsync(request, token);
            Assert.Contains($"<p>for {(i % 2 == 0 ? 'A' : 'B')}</p>", await response.Content.ReadAsStringAsync(token), StringComparison.Ordinal);
            Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        });

        Assert.InRange(service.Requests.Count, 2, 100);
    }

    [Fact]
    public async Task V_112_Two_sessions_of_one_user_and_a_changed_role_have_entries_of_their_own()
    {
        using var keys = new IdentityKeys();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "private, max-age=60"));
        await using var gateway = await StartAsync(service, keys, "Partitioned");
        string[] cookies = [await gateway.SignInAsync("sub=A&sid=1"), await gateway.SignInAsync("sub=A&sid=2"), await gateway.SignInAsync("sub=A&sid=2&role=admin")];

        foreach (var cookie in cookies.Concat(cookies))
        {
            await gateway.GetAsync("/", cookie);
        }

        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task V_113_At_sign_out_a_users_fragments_are_gone_and_the_others_stay()
    {
        using var keys = new IdentityKeys();
        await using var service = await ScriptedService.StartAsync();
        service.Answers("/x", Answer.Html("<p>x</p>").With("Cache-Control", "private, max-age=60"));
        await using var gateway = await StartAsync(service, keys, "Partitioned");
        var (a, b) = (await gateway.SignInAsync("sub=A"), await gateway.SignInAsync("sub=B"));
        await gateway.GetAsync("/", a);
        await gateway.GetAsync("/", b);

        await gateway.GetAsync("/sign-out", a);
        await gateway.GetAsync("/", a);
        await gateway.GetAsync("/", b);

        Assert.Equal(["A", "B", "A"], service.Requests.Select(keys.SubjectOf));
    }

    [Fact]
    public async Task V_113_What_was_on_its_way_at_sign_out_is_not_found_afterwards()
    {
        using var keys = new IdentityKeys();
        var gate = new Gate();
        await using var service = await ScriptedService.StartAsync();
        service.AnswersInTurn(
            "/x", Answer.Html("<p>before</p>").With("Cache-Control", "private, max-age=60").After(gate), Answer.Html("<p>after</p>").With("Cache-Control", "private, max-age=60"));
        await using var gateway = await StartAsync(service, keys, "Partitioned");
        var cookie = await gateway.SignInAsync("sub=A");

        var first = gateway.GetAsync("/", cookie);
        await service.HasReceivedAsync("/x");
        gateway.Services.GetRequiredService<UserFragments>().Forget("A");
        gate.Open();
        Assert.Contains("before", await first, StringComparison.Ordinal);

        Assert.Contains("after", await gateway.GetAsync("/", cookie), StringComparison.Ordinal);
    }

    private static Task<GatewayUnderTest> StartAsync(ScriptedService service, IdentityKeys keys, string answers) => GatewayUnderTest.StartAsync(setup => setup
        .WithSignIn()
        .Set("Stitcher:Identity:Key", keys.Reference)
        .Service("service", service.Address, "X=/x").With("Identity:Send", true).With("Private", answers)
        .Page("/", "<fragment src=\"service/X\" timeout=\"8s\"></fragment>", ("Deadline", "10s")));
}
