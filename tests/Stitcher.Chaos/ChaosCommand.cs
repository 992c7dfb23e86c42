using System.CommandLine;
using System.Net;
using Stitcher.Chaos.Scenarios;
using Stitcher.Chaos.Services;
using Stitcher.Chaos.Watching;

namespace Stitcher.Chaos;

/// <summary>The command line.</summary>
internal static class ChaosCommand
{
    private const int NotUnderstood = 2;
    private const int PortsTaken = 100;

    /// <summary>Runs scenarios, or one of the services that a scenario starts.</summary>
    /// <returns>0 when every target was met, 1 when one was missed, 2 for a command line that makes no sense.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var root = args is ["--role", ..] ? Service() : Runner();
        var result = root.Parse(args);
        if (result.Errors is [var error, ..])
        {
            await Console.Error.WriteLineAsync($"{error.Message} `--help` lists what there is.");
            return NotUnderstood;
        }

        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = args is ["--role", ..] ? null : TimeSpan.FromSeconds(20) });
    }

    /// <summary>The runner's switches.</summary>
    internal static RootCommand Runner()
    {
        var ids = new Argument<string[]>("scenarios") { Description = $"Which: {string.Join(' ', ScenarioCatalog.All.Select(scenario => scenario.Id))}, or all.", Arity = ArgumentArity.ZeroOrMore };
        ids.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => ScenarioCatalog.Named(token.Value).Count == 0))
            {
                result.AddError($"There is no scenario '{token.Value}'.");
            }
        });
        var seconds = new Option<double?>("--seconds") { Description = "Length of each run, 6 to 86,400. Default: 60; 1,800 for C-24. Steps keep their places: a fault at 1/6, its end at 1/2.", HelpName = "s" };
        var rate = new Option<double?>("--rate") { Description = "Pages per second, 1 to 2,000. Default: 200; 100 for C-24.", HelpName = "n" };
        var json = new Option<FileInfo?>("--json") { Description = "A file that gets one line of JSON for each run.", HelpName = "file" };
        var port = new Option<int>("--base-port") { Description = $"The first of {PortsTaken} ports to take. Default: any that are free.", HelpName = "port" };
        var list = new Option<bool>("--list") { Description = "Say what each scenario promises, and end." };
        Within(seconds, 6, 86_400);
        Within(rate, 1, 2_000);
        port.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is not 0 and (< 1_024 or > 65_535 - PortsTaken))
            {
                result.AddError($"--base-port must be a number from 1024 to {65_535 - PortsTaken}.");
            }
        });
        var root = new RootCommand("Puts a gateway and eight service processes under constant load, breaks things on schedule, and judges every page.") { ids, seconds, rate, json, port, list };
        root.SetAction((parsed, token) => new ChaosProgram(
            [.. (parsed.GetValue(ids) is { Length: > 0 } named ? named : ["all"]).SelectMany(ScenarioCatalog.Named).Distinct()],
            new RunOptions
            {
                Length = parsed.GetValue(seconds) is { } length ? TimeSpan.FromSeconds(length) : null,
                Rate = parsed.GetValue(rate),
                BasePort = parsed.GetValue(port),
                Tell = Console.Error.WriteLine,
            },
            parsed.GetValue(json)?.FullName).RunAsync(parsed.GetValue(list), token));
        return root;
    }

    private static void Within(Option<double?> option, double least, double most) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<double?>() is { } value && !(value >= least && value <= most))
        {
            result.AddError($"{option.Name} must be a number from {least} to {most}.");
        }
    });

    private static RootCommand Service()
    {
        var role = new Option<string>("--role");
        var name = new Option<string>("--name") { Required = true };
        var host = new Option<string>("--host") { DefaultValueFactory = _ => "127.0.0.1" };
        var port = new Option<int>("--port");
        var version = new Option<int>("--version-shown") { DefaultValueFactory = _ => 1 };
        var network = new Option<string?>("--netns");
        var root = new RootCommand("One instance of a service of a run.") { role, name, host, port, version, network };
        root.SetAction(async (parsed, _) =>
        {
            ParentWatch.Start();
            using var service = new FaultService(new FaultServiceOptions(
                parsed.GetValue(name)!, IPAddress.Parse(parsed.GetValue(host)!), parsed.GetValue(port), parsed.GetValue(version), parsed.GetValue(network)));
            return await service.RunAsync();
        });
        return root;
    }
}
