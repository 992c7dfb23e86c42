extern alias analytics;
extern alias orders;
extern alias products;
extern alias users;

using System.Security.Claims;
using Stitcher.Fragments.Testing;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Shop.Tests;

/// <summary>Every fragment of every service, against all that gateways expect of one.</summary>
public sealed class FragmentContractTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static ClaimsPrincipal Admin { get; } = new(new ClaimsIdentity(
        [new("sub", "1"), new("sid", "s1"), new("name", "Ada Marsh"), new("role", "admin"), new("theme", "dark"), new("locale", "de")], "test", "name", "role"));

    [Theory]
    [InlineData("products")]
    [InlineData("users")]
    [InlineData("orders")]
    [InlineData("analytics")]
    public async Task Every_fragment_keeps_the_contract_whoever_asks(string service)
    {
        await using var host = Host(service);
        var token = TestContext.Current.CancellationToken;
        var broken = new List<string>();
        foreach (var name in await host.NamesAsync(token))
        {
            foreach (var user in (ClaimsPrincipal?[])[null, Admin])
            {
                try
                {
                    await (await host.GetAsync(name, user: user, ct: token)).AssertContractAsync(token);
                }
                catch (FragmentContractException exception)
                {
                    broken.Add($"{(user is null ? "Nobody" : "An admin")}: {exception.Message}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join("\n\n", broken));
    }

    [Theory]
    [InlineData("products")]
    [InlineData("users")]
    [InlineData("orders")]
    [InlineData("analytics")]
    public async Task Every_manifest_names_what_is_there_and_nothing_that_a_gateway_refuses(string service)
    {
        await using var host = Host(service);

        await host.AssertManifestAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose() => _folder.Dispose();

    private FragmentHost Host(string service)
    {
        var database = ("Database", _folder.File($"{service}.db"));
        return service switch
        {
            "products" => FragmentHost.For<products::Program>(database),
            "users" => FragmentHost.For<users::Program>(database),
            "orders" => FragmentHost.For<orders::Program>(database),
            _ => FragmentHost.For<analytics::Program>(database),
        };
    }
}
