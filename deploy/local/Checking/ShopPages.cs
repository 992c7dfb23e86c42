using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Stitcher.Local.Checking;

/// <summary>
/// Reads what is to be checked from the gateway's own settings and layouts, so that a page somebody adds is checked without a word here.
/// </summary>
internal sealed partial class ShopPages
{
    private readonly IConfiguration _settings;
    private readonly string _gatewayFolder;

    private ShopPages(string gatewayFolder)
    {
        _gatewayFolder = gatewayFolder;
        _settings = new ConfigurationBuilder()
            .SetBasePath(gatewayFolder)
            .AddJsonFile("appsettings.json")
            .AddJsonFile("appsettings.Development.json", optional: true)
            .AddEnvironmentVariables()
            .Build();
    }

    /// <summary>Every page of the gateway in this folder.</summary>
    public static IReadOnlyList<PageUnderCheck> Read(string gatewayFolder)
    {
        var shop = new ShopPages(gatewayFolder);
        return [.. shop._settings.GetSection("Stitcher:Pages").GetChildren().Select(shop.Page)];
    }

    private PageUnderCheck Page(IConfigurationSection page)
    {
        var route = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var path = RoutePlace().Replace(page["Route"] ?? "/", place =>
        {
            route[place.Groups["name"].Value] = "1";
            return "1";
        });
        var document = ShopLayout.Read(Path.Combine(_gatewayFolder, _settings["Stitcher:LayoutRoot"] ?? "layouts"), page["Layout"] ?? "");
        return new PageUnderCheck(
            path,
            [.. document.QuerySelectorAll("fragment[src]").Select(slot => Slot(slot.GetAttribute("src") ?? "", route))]);
    }

    private static SlotUnderCheck Slot(string src, Dictionary<string, string> route)
    {
        var (address, query) = src.Split('?', 2) is [var before, var after] ? (before, after) : (src, "");
        var (service, fragment) = address.Split('/', 2) is [var first, var second] ? (first, second) : (address, "");
        var parameters = new Dictionary<string, string>();
        foreach (var pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, template) = pair.Split('=', 2) is [var key, var written] ? (key, written) : (pair, "");
            if (Value(template, route) is { } value)
            {
                parameters[name] = value;
            }
        }

        return new SlotUnderCheck(service, fragment, parameters);
    }

    /// <summary>The value on a page asked for without a query and without cookies; null when it then has none.</summary>
    private static string? Value(string template, Dictionary<string, string> route)
    {
        if (template is not ['{', .. var inner, '}'])
        {
            return template;
        }

        var (name, fallback) = inner.Split('=', 2) is [var before, var after] ? (before, after) : (inner, null);
        return name.Split('.', 2) switch
        {
            ["user" or "query" or "cookie", _] => fallback,
            _ => route.GetValueOrDefault(name) ?? fallback,
        };
    }

    [GeneratedRegex(@"\{\*{0,2}(?<name>[^:=?}]+)[^}]*\}")]
    private static partial Regex RoutePlace();
}
