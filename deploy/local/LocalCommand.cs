using System.CommandLine;

namespace Stitcher.Local;

/// <summary>The command line: its switches, their help, and one sentence when it cannot be understood.</summary>
internal static class LocalCommand
{
    /// <summary>The last base port that leaves room for the five that follow.</summary>
    private const int HighestBasePort = 65535 - ShopTopology.LastPortOffset;

    private const int NotUnderstood = 2;

    /// <summary>Runs the launcher.</summary>
    /// <returns>0 when all went well, 1 when the shop could not be opened or a check failed, 2 for a command line that makes no sense.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var basePort = new Option<int>("--base-port")
        {
            Description =
                "The gateway's port. Management, products, users, orders and analytics take the five ports after it, "
                + "and databases of their own, so that shops with different base ports run side by side.",
            HelpName = "port",
            DefaultValueFactory = _ => LocalOptions.DefaultBasePort,
        };
        basePort.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, out var port) && port is >= 1 and <= HighestBasePort))
            {
                result.AddError($"--base-port must be a number from 1 to {HighestBasePort}, not '{token.Value}'.");
            }
        });
        var check = new Option<bool>("--check")
        {
            Description = "Start everything, fetch every page, verify that each slot came from its service, print a table and end: 0 when all is well, else 1.",
        };
        var restart = new Option<bool>("--restart")
        {
            Description = "Start a process again when it ends by itself, after 1 s, then 2 s, 4 s, … up to 30 s. Without it the others run on without it.",
        };
        var attached = new Option<bool>("--attached")
        {
            Description = "End when the process that started the launcher ends. `dotnet run` passes it.",
        };
        var withReviews = new Option<bool>("--with-reviews")
        {
            Description = "Start a fifth service as well, product reviews, written for Node without packages: on each product's page and at /products/1/reviews. It takes the sixth port.",
        };
        var root = new RootCommand("Runs the whole shop on this machine: four services and the gateway, each a process of its own, until Ctrl+C.")
        {
            basePort, check, restart, withReviews, attached,
        };

        root.SetAction((parsed, token) => Launcher.RunAsync(
            new LocalOptions
            {
                BasePort = parsed.GetValue(basePort),
                Check = parsed.GetValue(check),
                Restart = parsed.GetValue(restart),
                WithReviews = parsed.GetValue(withReviews),
                Attached = parsed.GetValue(attached),
            },
            token));

        var result = root.Parse(args);
        if (result.Errors is [var error, ..])
        {
            await Console.Error.WriteLineAsync($"{error.Message} `--help` lists what there is.");
            return NotUnderstood;
        }

        // Signals are the launcher's own business: it has children to end first, however long that takes.
        return await result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }
}
