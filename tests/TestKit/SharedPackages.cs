using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stitcher.TestKit;

/// <summary>Services that publish manifests, and a gateway that negotiates between them.</summary>
public sealed class SharedPackages : IAsyncDisposable
{
    private readonly Dictionary<string, ScriptedService> _services = new(StringComparer.Ordinal);

    private SharedPackages()
    {
    }

    /// <summary>The gateway.</summary>
    public GatewayUnderTest Gateway { get; private set; } = null!;

    /// <summary>One of the services.</summary>
    public ScriptedService this[string name] => _services[name];

    /// <summary>Starts the services and the gateway, and waits until it has seen all of them.</summary>
    /// <param name="settings">Further settings.</param>
    /// <param name="services">Each service's name with the rows of its manifest's <c>shared</c>.</param>
    public static async Task<SharedPackages> StartAsync(Action<GatewaySetup>? settings, params (string Name, SharedRow[] Rows)[] services)
    {
        var shared = new SharedPackages();
        foreach (var (name, rows) in services)
        {
            shared._services.Add(name, await ScriptedService.StartAsync());
            shared.Deploy(name, "r1", rows);
        }

        shared.Gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Page("/", "<p>page</p>").Set("Stitcher:Federation:PollInterval", "00:00:00.100").Set("Stitcher:Federation:PollTimeout", "15s").Set("Stitcher:Federation:Runtime", false);
            foreach (var (name, _) in services)
            {
                setup.Service(name, shared[name].Address).With("Manifest", "/.well-known/stitcher.json");
            }

            settings?.Invoke(setup);
        });
        await shared.HasAsync(federation => federation.GetProperty("services").EnumerateArray().All(s => s.TryGetProperty("revision", out _)), "every service was seen");
        return shared;
    }

    /// <summary>From now on the service shows this revision, and serves its files.</summary>
    public void Deploy(string name, string revision, params SharedRow[] rows)
    {
        foreach (var row in rows.Where(static row => row.Version is not null))
        {
            _services[name].Answers("/assets/" + row.File, Answer.Of("text/javascript", new byte[row.Bytes]));
        }

        _services[name].Answers("/.well-known/stitcher.json", Answer.Of("application/json", JsonSerializer.SerializeToUtf8Bytes(Manifest(name, revision, rows))));
    }

    /// <summary>A manifest as the service shows it.</summary>
    public static JsonObject Manifest(string name, string revision, params SharedRow[] rows) => new()
    {
        ["schema"] = 1,
        ["name"] = name,
        ["revision"] = revision,
        ["base"] = "/assets/",
        ["shared"] = new JsonArray([.. rows.Select(static row => row.Write())]),
        ["modules"] = new JsonObject(rows.Where(static row => row.Version is not null).Select(static row => KeyValuePair.Create(row.File, (JsonNode?)new JsonObject { ["bytes"] = row.Bytes }))),
    };

    /// <summary>What the gateway tells of the federation as JSON.</summary>
    public async Task<JsonElement> TellAsync(string query = "") =>
        JsonDocument.Parse(await Gateway.ManagementClient.GetStringAsync("/_stitcher/federation" + query)).RootElement;

    /// <summary>The federation page, or what the query asks for.</summary>
    public async Task<string> ShowAsync(string query = "?format=html") => await Gateway.ManagementClient.GetStringAsync("/_stitcher/federation" + query);

    /// <summary>Waits until what the gateway tells is so.</summary>
    public Task HasAsync(Func<JsonElement, bool> condition, string promise) => Eventually.HoldsAsync(async () => condition(await TellAsync()), promise);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
        {
            await Gateway.DisposeAsync();
        }

        foreach (var service in _services.Values)
        {
            await service.DisposeAsync();
        }
    }
}
