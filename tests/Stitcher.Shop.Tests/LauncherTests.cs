using System.Net.Sockets;
using System.Net;
using Xunit;

namespace Stitcher.Shop.Tests;

[Collection(LauncherCollection.Name)]
public sealed class LauncherTests
{
    private static readonly string[] Everyone = ["analytics", "gateway", "orders", "products", "users"];

    // A busy machine may let some hundred milliseconds pass without a gateway or a service having run at all.
    private static readonly Dictionary<string, string> Calm = new()
    {
        ["Stitcher__Limits__ParseTime"] = "5s",
        ["Stitcher__Limits__ConnectTime"] = "5s",
        ["Stitcher__Limits__BetweenBytes"] = "0s",
    };

    [Fact]
    public async Task Each_process_is_one_line_with_its_address_and_then_comes_the_address_to_open_and_Ctrl_C_closes_all()
    {
        await using var launcher = LauncherProcess.Start();
        await launcher.OpenedAsync();

        Assert.Equal(Everyone, launcher.Ready.Select(process => process.Name).Order());
        var lines = launcher.Output;
        string[] names = ["gateway", "management", "products", "users", "orders", "analytics"];
        for (var i = 0; i < names.Length; i++)
        {
            Assert.Single(lines, line => line.StartsWith(names[i], StringComparison.Ordinal) && !line.Contains(" | ", StringComparison.Ordinal)
                && line.Contains($":{launcher.BasePort + i}", StringComparison.Ordinal));
        }

        // A process may have logged something since.
        Assert.Contains($"http://localhost:{launcher.BasePort}/", lines.Last(line => !line.Contains(" | ", StringComparison.Ordinal)), StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync($"http://127.0.0.1:{launcher.BasePort + 1}/health/ready")).StatusCode);

        launcher.Signal(LauncherProcess.Sigint);
        launcher.Signal(LauncherProcess.Sigint);
        Assert.Equal(0, await launcher.ExitedAsync());
        await launcher.NothingIsLeftAsync(launcher.Ready.Select(process => process.Id));
        Assert.Empty(launcher.Errors);
    }

    [Fact]
    public async Task Killing_what_started_an_attached_launcher_ends_every_process()
    {
        await using var launcher = LauncherProcess.StartBelowAShell();
        await launcher.OpenedAsync();

        launcher.Signal(LauncherProcess.Sigkill);

        await launcher.NothingIsLeftAsync(launcher.Ready.Select(process => process.Id));
    }

    [Fact]
    public async Task A_process_that_dies_is_one_line_and_the_others_run_on_without_it()
    {
        await using var launcher = LauncherProcess.Start();
        await launcher.OpenedAsync();
        var before = launcher.Ready;

        LauncherProcess.Signal(before.Single(process => process.Name == "orders").Id, LauncherProcess.Sigkill);

        await LauncherProcess.UntilAsync(() => launcher.Errors.Count > 0);
        var line = Assert.Single(launcher.Errors);
        Assert.StartsWith("orders ended (SIGKILL); products, users, analytics, gateway still run.", line, StringComparison.Ordinal);
        Assert.All(before.Where(process => process.Name != "orders"), process => Assert.True(LauncherProcess.Runs(process.Id), process.Name));
        Assert.Equal(before, launcher.Ready);

        launcher.Signal(LauncherProcess.Sigterm);
        Assert.Equal(0, await launcher.ExitedAsync());
        await launcher.NothingIsLeftAsync(before.Select(process => process.Id));
        Assert.Single(launcher.Errors);
    }

    [Fact]
    public async Task With_restart_a_process_that_dies_comes_back_on_its_port_and_killing_the_launcher_ends_it_and_all_others()
    {
        await using var launcher = LauncherProcess.Start("--restart");
        await launcher.OpenedAsync();
        var before = launcher.Ready.Single(process => process.Name == "users").Id;

        LauncherProcess.Signal(before, LauncherProcess.Sigkill);

        await LauncherProcess.UntilAsync(() => launcher.Ready.Count(process => process.Name == "users") == 2);
        Assert.Contains("It starts again in 1 s.", Assert.Single(launcher.Errors), StringComparison.Ordinal);
        Assert.NotEqual(before, launcher.Ready.Last(process => process.Name == "users").Id);
        Assert.False(LauncherPorts.IsFree(launcher.BasePort + 3));

        launcher.Signal(LauncherProcess.Sigkill);
        await launcher.NothingIsLeftAsync(launcher.Ready.Select(process => process.Id));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task A_port_in_use_is_one_sentence_that_names_it_and_nothing_runs(string address)
    {
        var basePort = LauncherPorts.FreeBase();
        using var squatter = new TcpListener(IPAddress.Parse(address), basePort + 4);
        squatter.Start();

        await using var launcher = LauncherProcess.StartOn(basePort, null);

        Assert.Equal(1, await launcher.ExitedAsync());
        Assert.StartsWith($"Port {basePort + 4} (orders) is in use", Assert.Single(launcher.Errors), StringComparison.Ordinal);
        Assert.Empty(launcher.Output);
        Assert.All([0, 1, 2, 3, 5], offset => Assert.True(LauncherPorts.IsFree(basePort + offset)));
    }

    [Fact]
    public async Task A_service_that_will_not_start_is_one_sentence_and_nothing_is_left_running()
    {
        var basePort = LauncherPorts.FreeBase();
        var unusable = new Dictionary<string, string> { ["Kestrel__Endpoints__Broken__Url"] = "nonsense" };

        await using var launcher = LauncherProcess.StartOn(basePort, unusable);

        Assert.Equal(1, await launcher.ExitedAsync());
        Assert.Matches(@"^\w+ did not start: it ended \(.+\) before it was ready at http://localhost:\d+; ", Assert.Single(launcher.Errors));
        await launcher.NothingIsLeftAsync([]);
    }

    [Fact]
    public async Task A_check_says_of_each_slot_whether_it_came_from_its_service_and_leaves_nothing_running()
    {
        await using var launcher = LauncherProcess.StartOn(LauncherPorts.FreeBase(), Calm, "--check");

        var exit = await launcher.ExitedAsync();

        Assert.True(exit == 0, string.Join('\n', launcher.Output.Concat(launcher.Errors)));
        var pages = launcher.Output.Where(line => line.StartsWith('/')).ToArray();
        var closed = pages.Where(line => line.Contains(" asks to sign in first ", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToArray();
        Assert.Superset(new HashSet<string> { "/", "/products", "/products/1", "/cart", "/orders", "/sign-in", "/analytics" }, pages.Select(line => line.Split(' ')[0]).Except(closed).ToHashSet());
        Assert.Superset(new HashSet<string> { "/checkout", "/orders/1", "/admin" }, closed.ToHashSet());
        Assert.Equal(pages.Length - closed.Length, launcher.Output.Count(line => line.Contains(" first script in the head", StringComparison.Ordinal)));
        Assert.InRange(launcher.Output.Count(line => line.Contains(" from its service ", StringComparison.Ordinal)), 4 * (pages.Length - closed.Length), int.MaxValue);
        await launcher.NothingIsLeftAsync([]);
    }

    [Fact]
    public async Task A_check_fails_when_a_slot_shows_something_else_than_its_service_sends()
    {
        // The orders' slots are filled from the users' service, which has no such fragment: the pages are composed and whole to look at.
        var crossed = new Dictionary<string, string>(Calm) { ["Stitcher__Services__2__Cluster"] = "users" };
        await using var launcher = LauncherProcess.StartOn(LauncherPorts.FreeBase(), crossed, "--check");

        Assert.Equal(1, await launcher.ExitedAsync());

        Assert.Equal(2, launcher.Output.Count(line => line.Contains("orders/OrderHistory", StringComparison.Ordinal) && line.Contains(" NO: ", StringComparison.Ordinal)));
        Assert.All(launcher.Output.Where(line => line.StartsWith("/ ", StringComparison.Ordinal) || line.StartsWith("/orders ", StringComparison.Ordinal)), line => Assert.Contains(" 200 ", line, StringComparison.Ordinal));
        await launcher.NothingIsLeftAsync([]);
    }

    [Theory]
    [InlineData("--base-prot", "4000", "'--base-prot'")]
    [InlineData("--base-port", "many", "'many'")]
    [InlineData("--base-port", "65531", "65530")]
    public async Task A_command_line_that_makes_no_sense_is_one_sentence(string name, string value, string said)
    {
        await using var launcher = LauncherProcess.StartWith(name, value);

        Assert.Equal(2, await launcher.ExitedAsync());
        Assert.Contains(said, Assert.Single(launcher.Errors), StringComparison.Ordinal);
        Assert.Empty(launcher.Output);
    }

    [Fact]
    public async Task Help_tells_every_switch()
    {
        await using var launcher = LauncherProcess.StartWith("--help");

        Assert.Equal(0, await launcher.ExitedAsync());
        Assert.All(["--base-port", "--check", "--restart", "--with-reviews", "--attached"], name => Assert.Contains(launcher.Output, line => line.Contains(name, StringComparison.Ordinal)));
    }
}
