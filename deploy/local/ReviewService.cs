using Microsoft.Extensions.Configuration;

namespace Stitcher.Local;

/// <summary>The service that is not .NET: what runs it, and what the gateway must be told of it.</summary>
internal static class ReviewService
{
    private const string Name = "reviews";
    private const string ProductPage = "product";
    private const int PortOffset = 6;

    private static readonly string Folder = Path.Combine("fragments", "ReviewService");

    /// <exception cref="ShopStartException">Node is not there, or no port is left.</exception>
    public static ProcessPlan Plan(string root, int basePort, int productsPort)
    {
        var port = basePort + PortOffset;
        if (port > 65535)
        {
            throw new ShopStartException($"--with-reviews needs port {port}, which does not exist; choose a --base-port of 65529 or less.");
        }

        var file = basePort == LocalOptions.DefaultBasePort ? Path.Combine("data", "reviews.jsonl") : Path.Combine("data", $"{basePort}", "reviews.jsonl");
        return new ProcessPlan
        {
            Name = Name,
            Folder = Path.Combine(root, Folder),
            Assembly = Path.Combine(root, Folder, "server.mjs"),
            Interpreter = Node(),
            Port = port,
            Ports = [port],
            ReadyAddress = new Uri($"http://localhost:{port}/.well-known/stitcher.json"),
            Environment = new Dictionary<string, string>
            {
                ["PORT"] = $"{port}",
                ["REVIEWS_FILE"] = Path.Combine(root, Folder, file),
                ["PRODUCT_SERVICE_URL"] = $"http://localhost:{productsPort}/",
                ["ENDS_WITH_INPUT"] = "1",
                // The hook is for .NET.
                ["DOTNET_STARTUP_HOOKS"] = "",
            },
        };
    }

    /// <summary>The service's own settings as variables: what is a list in them comes behind what the gateway's file has.</summary>
    public static Dictionary<string, string> Settings(string root)
    {
        var gateway = new ConfigurationBuilder().AddJsonFile(Path.Combine(root, "gateway", "appsettings.json")).Build();
        var added = new ConfigurationBuilder().AddJsonFile(Path.Combine(root, Folder, "gateway.json")).Build();
        var settings = added.AsEnumerable().Where(static pair => pair.Value is not null).ToDictionary(
            pair => string.Join("__", Behind(gateway, pair.Key.Split(':'))), static pair => pair.Value!);
        var page = gateway.GetSection("Stitcher:Pages").GetChildren().FirstOrDefault(static page => page["Name"] == ProductPage);
        if (page is not null)
        {
            settings[$"Stitcher__Pages__{page.Key}__Layout"] = $"{Name}/product.html";
        }

        return settings;
    }

    // The first number in a key is the place in a list of the file's; one inside an entry of it is the entry's own.
    private static IEnumerable<string> Behind(IConfiguration gateway, string[] key)
    {
        var first = Array.FindIndex(key, static part => int.TryParse(part, out _));
        return first < 0
            ? key
            : key.Select((part, index) => index == first
                ? $"{int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) + gateway.GetSection(string.Join(':', key[..first])).GetChildren().Count()}"
                : part);
    }

    private static string Node()
    {
        var name = OperatingSystem.IsWindows() ? "node.exe" : "node";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Where(static folder => folder.Length > 0)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists)
            ?? throw new ShopStartException("--with-reviews needs Node 20 or newer, and there is no node on the path.");
    }
}
