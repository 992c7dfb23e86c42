using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Redis.Tests;

public sealed class SessionTests
{
    [Fact]
    public async Task Who_signed_out_at_one_gateway_is_signed_out_at_all_of_them_and_their_session_has_no_name_in_Redis()
    {
        using var keys = new TemporaryFolder();
        await using var redis = await RedisServer.StartAsync();
        await using var users = await ScriptedService.StartAsync();
        users.Answers("/sign-in", Answers("""{"sub":"ada"}""")).Answers("/sign-out", Answers("end")).Answers("/x", request => Answer.Html($"<p>{request.Target}</p>"));
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        var (ended, other) = (await SignInAsync(first), await SignInAsync(first));

        using var end = await PostAsync(first, "/sign-out", ended);

        Assert.Contains("id=nobody", await SeesAsync(second, ended), StringComparison.Ordinal);
        Assert.Contains("id=ada", await SeesAsync(second, other), StringComparison.Ordinal);
        var name = Assert.Single(await redis.NamesAsync("*:s:*"));
        Assert.Matches(@"\A\{stitcher\}:1:s:[0-9a-f]{64}\z", name);
        Assert.InRange((await redis.Data.KeyTimeToLiveAsync(name))!.Value, TimeSpan.FromHours(12), TimeSpan.FromHours(12.1));

        await redis.KillAsync();
        Assert.Contains("id=nobody", await SeesAsync(first, ended), StringComparison.Ordinal);
        Assert.Contains("id=ada", await SeesAsync(first, other), StringComparison.Ordinal);

        Task<GatewayUnderTest> StartAsync() => Gateways.StartAsync(users, redis.Address, setup =>
        {
            setup.Services = static services => services.AddStitcherSession();
            setup.With("SignsIn", true)
                .Set("Stitcher:Session:KeyFolder", keys.Path)
                .Page("/me", "<fragment src=\"service/X?id={user.sub=nobody}\" timeout=\"8s\"></fragment>", ("Deadline", "10s"))
                .ProxyRoute("users", "/{**path}", "service", "POST");
        });
    }

    private static Answer Answers(string statement) => Answer.Of("text/plain", []).WithStatus(303).With("Location", "/")
        .With("Stitcher-Session", statement == "end" ? statement : Convert.ToBase64String(Encoding.UTF8.GetBytes(statement)).TrimEnd('='));

    private static async Task<string> SignInAsync(GatewayUnderTest gateway)
    {
        using var answer = await PostAsync(gateway, "/sign-in", "a=b");
        return Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split(';')[0];
    }

    private static async Task<HttpResponseMessage> PostAsync(GatewayUnderTest gateway, string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { { "Cookie", cookie } } };
        return await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static async Task<string> SeesAsync(GatewayUnderTest gateway, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me") { Headers = { { "Cookie", cookie } } };
        using var answer = await gateway.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
