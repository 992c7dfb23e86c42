using System.Text.Json;
using System.Text.Json.Nodes;
using Stitcher.TestKit;

namespace Stitcher.Gateway.Tests;

/// <summary>Services that publish manifests, and a gateway that negotiates between them.</summary>
internal sealed class SharedPackages : IAsyncDisposable
{
    private readonly Dictionary<string, ScriptedService> _services = new(StringComparer.Ordinal);

    private SharedPackages()
    {
    }

    public GatewayUnderTest Gateway { get; private set; } = null!;

    public ScriptedService this[string name] => _services[name];

    /// <param name="settings">Further settings.</param>
    /// <param name="services">Each service's name with the rows of its manifest's <c>shared</c>.</param>
    public static async Task<SharedPackages> StartAsync(Action<GatewaySetup>? settings, params (string Name, Row[] Rows)[] services)
    {
        var shared = new SharedPackages();
        foreach (var (name, rows) in services)
        {
            shared._services.Add(name, await ScriptedService.StartAsync());
            shared.Deploy(name, "r1", rows);
        }

        shared.Gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup.Page("/", "<p>page</p>").Set("Stitcher:Federation:PollInterval", "00:00:00.100");
            foreach (var (name, _) in services)
            {
                setup.Service(name, shared[name].Address).With("Manifest", "/.well-known/stitcher.json");
            }

            settings?.Invoke(setup);
        });
        await shared.HasAsync(federation => federation.GetProperty("services").EnumerateArray().All(s => s.TryGetProperty("revision", out _)), "every service was seen");
        return shared;
    }

    public void Deploy(string name, string revision, params Row[] rows)
    {
        foreach (var row in rows.Where(static row => row.Version is not null))
        {
            _services[name].Answers("/assets/" + row.File, Answer.Of("text/javascript", new byte[row.Bytes]));
        }

        _services[name].Answers("/.well-known/stitcher.json", Answer.Of("application/json", JsonSerializer.SerializeToUtf8Bytes(Manifest(name, revision, rows))));
    }

    public static JsonObject Manifest(string name, string revision, params Row[] rows) => new()
    {
        ["schema"] = 1,
        ["name"] = name,
        ["revision"] = revision,
        ["base"] = "/assets/",
        ["shared"] = new JsonArray([.. rows.Select(static row => row.Write())]),
        ["modules"] = new JsonObject(rows.Where(static row => row.Version is not null).Select(static row => KeyValuePair.Create(row.File, (JsonNode?)new JsonObject { ["bytes"] = row.Bytes }))),
    };

    public async Task<JsonElement> TellAsync(string query = "") =>
        JsonDocument.Parse(await Gateway.ManagementClient.GetStringAsync("/_stitcher/federation" + query)).RootElement;

    public async Task<string> ShowAsync(string query = "?format=html") => await Gateway.ManagementClient.GetStringAsync("/_stitcher/federation" + query);

    public Task HasAsync(Func<JsonElement, bool> condition, string promise) => Eventually.HoldsAsync(async () => condition(await TellAsync()), promise);

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

    /// <summary>One package as a service shares it; without a version the service needs somebody else's.</summary>
    internal sealed record Row(string Package, string? Version, string Range, bool Singleton = true, bool Strict = false, int Bytes = 10_240)
    {
        public string File => $"{Package.Replace('/', '_')}-{Version}.js";

        public JsonNode Write()
        {
            var row = new JsonObject { ["package"] = Package, ["requiredVersion"] = Range, ["singleton"] = Singleton, ["strictVersion"] = Strict };
            if (Version is null)
            {
                row["import"] = false;
                row["entries"] = new JsonObject { [Package] = File };
                return row;
            }

            row["version"] = Version;
            row["entries"] = new JsonObject { [Package] = File };
            return row;
        }
    }
}
