using System.Text.Json;
using System.Text.Json.Nodes;
using Stitcher.TestKit;

namespace Stitcher.Gateway.Tests;

/// <summary>A page of a primary and three optional slots, each of a service of its own, whose fragments are healthy until a test says otherwise.</summary>
internal sealed class PageOfFour : IAsyncDisposable
{
    public const string Primary = "product";

    public static readonly string[] Optional = ["reviews", "offers", "greeting"];

    private readonly Dictionary<string, ScriptedService> _services = [];

    public required GatewayUnderTest Gateway { get; init; }

    public ScriptedService this[string service] => _services[service];

    /// <param name="primarySlot">Attributes of the primary's slot in place of <c>primary</c>.</param>
    /// <param name="primaryContent">What the primary's slot holds itself.</param>
    /// <param name="time">The gateway's clock.</param>
    /// <param name="timeouts">The time of every slot; null for the defaults of slots and page.</param>
    public static async Task<PageOfFour> StartAsync(string primarySlot = "primary", string primaryContent = "", TimeProvider? time = null, string? timeouts = null)
    {
        var services = new Dictionary<string, ScriptedService>();
        foreach (var name in Optional.Prepend(Primary))
        {
            services[name] = (await ScriptedService.StartAsync()).Answers("/part", $"<p>{name} is here</p>");
        }

        var timeout = timeouts is null ? "" : $" timeout=\"{timeouts}\"";
        var layout = $"<header>shell</header><fragment src=\"{Primary}/Part?n={{query.n=0}}\" {primarySlot}{timeout}>{primaryContent}</fragment>"
            + string.Concat(Optional.Select(name => $"<fragment src=\"{name}/Part?n={{query.n=0}}\"{timeout}><p>no {name}</p></fragment>")) + "<footer>end</footer>";
        var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Time = time ?? TimeProvider.System;
            setup.IsPatient = timeouts is not null;
            foreach (var (name, service) in services)
            {
                setup.Service(name, service.Address, "Part=/part");
                if (timeouts is not null)
                {
                    // However often a busy machine has it asked, its circuit stays closed.
                    setup.With("Resilience:Circuit:MinimumCalls", 100_000);
                }
            }

            setup.Page("/", layout, timeouts is null ? [] : [("Deadline", JsonValue.Create("60s"))]);
        });
        var page = new PageOfFour { Gateway = gateway };
        foreach (var (name, service) in services)
        {
            page._services[name] = service;
        }

        return page;
    }

    /// <summary>Waits until so many services have been asked.</summary>
    public Task HaveAllReceivedAsync(params IEnumerable<string> names) => Task.WhenAll(names.Select(name => _services[name].HasReceivedAsync("/part")));

    /// <summary>What came of every slot when the page was composed for its plan.</summary>
    public async Task<IReadOnlyList<string>> OutcomesAsync()
    {
        using var plan = JsonDocument.Parse(await Gateway.ManagementClient.GetStringAsync("/_stitcher/plan?path=/"));
        return [.. plan.RootElement.GetProperty("slots").EnumerateArray().Select(slot => slot.GetProperty("result").GetProperty("outcome").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }
    }
}
