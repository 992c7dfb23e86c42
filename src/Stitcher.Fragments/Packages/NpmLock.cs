using System.Text.Json;

namespace Stitcher.Fragments.Packages;

/// <summary>What npm installed for a service, by its <c>package-lock.json</c> (format 2 or 3).</summary>
internal sealed class NpmLock
{
    public const string FileName = "package-lock.json";

    private const string Modules = "node_modules/";

    private readonly Dictionary<string, string> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, string>> _ranges = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nested = new(StringComparer.Ordinal);

    private NpmLock()
    {
    }

    /// <summary>Reads a lock file.</summary>
    /// <param name="folder">The service's folder.</param>
    /// <param name="problem">Why there is nothing to read; null when there is.</param>
    public static NpmLock? Read(string folder, out string? problem)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
        {
            problem = $"{FileName} is not in {folder}; run `npm install` there";
            return null;
        }

        try
        {
            using var stream = File.OpenRead(file);
            using var json = JsonDocument.Parse(stream);
            if (!json.RootElement.TryGetProperty("packages", out var packages) || packages.ValueKind != JsonValueKind.Object)
            {
                problem = $"{FileName} in {folder} has no part 'packages'; write it again with npm 7 or newer";
                return null;
            }

            var read = new NpmLock();
            foreach (var package in packages.EnumerateObject())
            {
                read.Take(package.Name, package.Value);
            }

            problem = null;
            return read;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            problem = $"{FileName} in {folder} cannot be read: {exception.Message}";
            return null;
        }
    }

    /// <summary>The version that the service's own code gets; null when none is installed.</summary>
    public string? Version(string package) => _versions.GetValueOrDefault(package);

    /// <summary>The range that a package declares for another one; with an empty name, what the service itself declares.</summary>
    public string? Range(string dependent, string package) =>
        _ranges.TryGetValue(dependent, out var ranges) ? ranges.GetValueOrDefault(package) : null;

    /// <summary>Whether some package has a copy of its own, which browsers will not see.</summary>
    public bool HasNested(string package) => _nested.Contains(package);

    private void Take(string place, JsonElement entry)
    {
        var last = place.LastIndexOf(Modules, StringComparison.Ordinal);
        var name = last < 0 ? place : place[(last + Modules.Length)..];
        if (last > 0)
        {
            _nested.Add(name);
            return;
        }

        if (last == 0 && entry.TryGetProperty("version", out var version) && version.ValueKind == JsonValueKind.String)
        {
            _versions[name] = version.GetString()!;
        }

        var ranges = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in (string[])["peerDependencies", "optionalDependencies", "devDependencies", "dependencies"])
        {
            if (entry.TryGetProperty(part, out var declared) && declared.ValueKind == JsonValueKind.Object)
            {
                foreach (var pair in declared.EnumerateObject().Where(static pair => pair.Value.ValueKind == JsonValueKind.String))
                {
                    ranges[pair.Name] = pair.Value.GetString()!;
                }
            }
        }

        _ranges[name] = ranges;
    }
}
