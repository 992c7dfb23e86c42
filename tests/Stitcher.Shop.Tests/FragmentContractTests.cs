extern alias analytics;
extern alias orders;
extern alias products;
extern alias users;

using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
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

    /// <summary>What the shop is made of: each thing under its name and category, with HTML, a module or both, and usable without anything else.</summary>
    [Theory]
    [InlineData("products", "component", "ProductCard ProductForm ProductSearch", true)]
    [InlineData("products", "feature", "ProductCatalog CategoryManager", true)]
    [InlineData("products", "application", "ProductsPage ProductsAdmin", true)]
    [InlineData("products", "logic", "Product ProductStore ProductAPI", false)]
    [InlineData("users", "component", "UserProfile LoginForm UserPreferences", true)]
    [InlineData("orders", "component", "OrderSummary PaymentForm OrderHistory", true)]
    [InlineData("analytics", "component", "EventTracker", true)]
    [InlineData("analytics", "feature", "AnalyticsDashboard", true)]
    public async Task Everything_that_the_shop_exposes_works_alone(string service, string category, string names, bool hasFragment)
    {
        await using var host = Host(service);
        var token = TestContext.Current.CancellationToken;
        using var manifest = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("/.well-known/stitcher.json", UriKind.Relative), token));
        var exposed = manifest.RootElement.GetProperty("exposes").EnumerateArray().ToDictionary(thing => thing.GetProperty("key").GetString()!);
        foreach (var name in names.Split(' '))
        {
            var thing = exposed[$"./{name}"];
            Assert.Equal(category, thing.TryGetProperty("category", out var said) ? said.GetString() : "component");
            var module = await host.Client.GetStringAsync(new Uri($"/assets/{thing.GetProperty("module").GetString()}", UriKind.Relative), token);
            Assert.All(thing.GetProperty("exports").EnumerateArray(), export => Assert.Matches($@"\bexport\b[^;]*\b{export.GetString()}\b", module));
            Assert.Equal(hasFragment, thing.TryGetProperty("fragment", out _));
            if (hasFragment)
            {
                var fragment = await (await host.GetAsync(name, user: Admin, ct: token)).AssertWorksAloneAsync(token);
                Assert.True(fragment.Status == HttpStatusCode.OK, $"{service}/{name} answers an administrator with {fragment.Status}.");
            }
        }
    }

    [Fact]
    public async Task Nobody_is_nobody_in_a_test_and_somebody_is_whom_it_names()
    {
        await using var users = Host("users");
        var nobody = await users.GetAsync("UserProfile", ct: TestContext.Current.CancellationToken);
        var somebody = await users.GetAsync("UserProfile", user: Admin, ct: TestContext.Current.CancellationToken);

        Assert.NotEqual(nobody.Html, somebody.Html);
        Assert.Contains("Sign in", nobody.Html, StringComparison.Ordinal);
        Assert.Contains("Sign out", somebody.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_in_a_test_reads_its_settings_once_and_watches_no_file()
    {
        IConfiguration? settings = null;
        await using var host = FragmentHost.For<users::Program>(web => web
            .UseSetting("Database", _folder.File("users.db"))
            .ConfigureServices((context, _) => settings = context.Configuration));

        var files = ((IConfigurationRoot)settings!).Providers.OfType<FileConfigurationProvider>().Select(static provider => provider.Source).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, static file => Assert.False(file.ReloadOnChange, $"{file.Path} is watched."));
    }

    public void Dispose() => _folder.Dispose();

    private FragmentHost Host(string service)
    {
        var database = ("Database", _folder.File($"{service}.db"));
        var host = service switch
        {
            "products" => FragmentHost.For<products::Program>(database),
            "users" => FragmentHost.For<users::Program>(database),
            "orders" => FragmentHost.For<orders::Program>(database),
            _ => FragmentHost.For<analytics::Program>(database),
        };

        // How long a fragment takes on a machine that does other things, too, says nothing of the fragment.
        host.Budget = host.Budget with { Time = Eventually.Deadline };
        return host;
    }
}
