using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Stitcher.TestKit;

/// <summary>What a test writes for its gateway: the settings file and the layouts, as an operator would.</summary>
public sealed class GatewaySetup
{
    private readonly JsonObject _settings = [];
    private readonly Dictionary<string, string> _layouts = new(StringComparer.Ordinal);
    private int _services;
    private int _pages;

    internal GatewaySetup()
    {
    }

    /// <summary>The host's environment. Default: <c>Development</c>.</summary>
    public string Environment { get; set; } = "Development";

    /// <summary>The host's clock. Default: the system's.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>
    /// Whether the slots and pages of services and pages added from now on have plenty of time where the test names none: a busy machine uses up the
    /// product's own. False for tests of that. Default: true.
    /// </summary>
    public bool IsPatient { get; set; } = true;

    /// <summary>Adds to the host's services: an app that signs users in. Default: nothing.</summary>
    public Action<IServiceCollection> Services { get; set; } = static _ => { };

    /// <summary>Adds to the app before the pages are mapped. Default: nothing.</summary>
    public Action<WebApplication> App { get; set; } = static _ => { };

    /// <summary>Adds what a host may add beside the engine. Default: nothing.</summary>
    public Action<WebApplicationBuilder> Compose { get; set; } = _ => { };

    /// <summary>The files under the layout root.</summary>
    internal IReadOnlyDictionary<string, string> Layouts => _layouts;

    /// <summary>Sets any key, colons between its parts; a number is an index of a list.</summary>
    public GatewaySetup Set(string key, JsonNode? value)
    {
        var at = _settings;
        var parts = key.Split(':');
        foreach (var part in parts[..^1])
        {
            at = (at[part] ??= new JsonObject()).AsObject();
        }

        at[parts[^1]] = value;
        return this;
    }

    /// <summary>Adds a service with its cluster.</summary>
    /// <param name="name">The service's and the cluster's name.</param>
    /// <param name="address">The cluster's one destination.</param>
    /// <param name="fragments">Each as <c>Name=/path?with={places}</c>.</param>
    public GatewaySetup Service(string name, string address, params string[] fragments)
    {
        var key = $"Stitcher:Services:{_services++}";
        Set($"ReverseProxy:Clusters:{name}:Destinations:one:Address", address);
        Set(key + ":Name", name);
        if (IsPatient)
        {
            Set(key + ":Resilience:OptionalTimeout", "15s").Set(key + ":Resilience:DecidingTimeout", "15s");
        }

        for (var i = 0; i < fragments.Length; i++)
        {
            var parts = fragments[i].Split('=', 2);
            Set($"{key}:Fragments:{i}:Name", parts[0]);
            Set($"{key}:Fragments:{i}:Path", parts[1]);
        }

        return this;
    }

    /// <summary>Sets an option of the service added last: <c>Trust</c>, <c>Manifest</c>, <c>Assets:0</c>, …</summary>
    public GatewaySetup With(string option, JsonNode? value) => Set($"Stitcher:Services:{_services - 1}:{option}", value);

    /// <summary>Adds a route of the reverse proxy.</summary>
    /// <param name="name">The route's name.</param>
    /// <param name="path">Its path.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="methods">The methods it takes; none for all.</param>
    public GatewaySetup ProxyRoute(string name, string path, string cluster, params string[] methods)
    {
        var key = "ReverseProxy:Routes:" + name;
        Set(key + ":ClusterId", cluster);
        Set(key + ":Match:Path", path);
        return methods.Length == 0 ? this : Set(key + ":Match:Methods", new JsonArray([.. methods.Select(method => JsonValue.Create(method))]));
    }

    /// <summary>Adds a page with its layout. Its name is <c>page-0</c>, <c>page-1</c>, …, its layout file is named alike.</summary>
    /// <param name="route">The route.</param>
    /// <param name="layout">The whole document, or the inside of a body: then a plain document is put around it.</param>
    /// <param name="options">Further options: <c>("Delivery", "Buffered")</c>.</param>
    public GatewaySetup Page(string route, string layout, params (string Option, JsonNode? Value)[] options)
    {
        var name = $"page-{_pages}";
        var key = $"Stitcher:Pages:{_pages++}";
        Set(key + ":Name", name);
        Set(key + ":Route", route);
        Set(key + ":Layout", name + ".html");
        if (IsPatient)
        {
            // Less than the clients wait.
            Set(key + ":Deadline", "18s");
        }

        foreach (var (option, value) in options)
        {
            Set($"{key}:{option}", value);
        }

        return Layout(name + ".html", layout);
    }

    /// <summary>Writes a layout file.</summary>
    public GatewaySetup Layout(string file, string layout)
    {
        _layouts[file] = Document(layout);
        return this;
    }

    /// <summary>Writes a file below the layout root that is no layout by itself, exactly as it is.</summary>
    public GatewaySetup Part(string file, string text)
    {
        _layouts[file] = text;
        return this;
    }

    /// <summary>A whole document around the inside of a body; a whole document, or a layout that extends another, stays as it is.</summary>
    internal static string Document(string layout) =>
        layout.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || layout.StartsWith("<extend", StringComparison.OrdinalIgnoreCase)
        ? layout
        : $"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Layout</title></head><body>{layout}</body></html>\n";

    internal string Settings() => _settings.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
}
