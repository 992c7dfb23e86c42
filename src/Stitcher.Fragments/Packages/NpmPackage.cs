using System.Text.Json;

namespace Stitcher.Fragments.Packages;

/// <summary>One installed package: where its specifiers lead, by the rules that bundlers for browsers follow.</summary>
internal sealed class NpmPackage
{
    private readonly JsonElement _description;

    private NpmPackage(string folder, string version, JsonElement description)
    {
        Folder = folder;
        Version = version;
        _description = description;
    }

    public string Folder { get; }

    public string Version { get; }

    /// <summary>Reads <c>node_modules/(name)/package.json</c>; null when it is not there or not readable.</summary>
    public static NpmPackage? Read(string root, string name)
    {
        var folder = Path.Combine(root, "node_modules", name.Replace('/', Path.DirectorySeparatorChar));
        var file = Path.Combine(folder, "package.json");
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return json.RootElement.TryGetProperty("version", out var version) && version.GetString() is { } text
                ? new NpmPackage(folder, text, json.RootElement.Clone())
                : null;
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of the package that a bare specifier belongs to.</summary>
    public static string NameOf(string specifier)
    {
        var slash = specifier.IndexOf('/');
        if (slash > 0 && specifier[0] == '@')
        {
            slash = specifier.IndexOf('/', slash + 1);
        }

        return slash > 0 ? specifier[..slash] : specifier;
    }

    /// <summary>The file that a specifier stands for, relative to the package's folder and with slashes; null when there is none.</summary>
    /// <param name="subpath"><c>.</c> for the package itself, else <c>./</c> and the rest of the specifier.</param>
    public string? FileOf(string subpath)
    {
        var target = _description.TryGetProperty("exports", out var exports) ? Exported(exports, subpath) : Unexported(subpath);
        return target is not null && Inside(target) is { } file && File.Exists(Path.Combine(Folder, file)) ? file : null;
    }

    /// <summary>The file that a relative specifier in one of the package's files stands for.</summary>
    public string? FileBeside(string file, string specifier)
    {
        var target = Inside(Path.Combine(Path.GetDirectoryName(file) ?? "", specifier));
        return target is not null && File.Exists(Path.Combine(Folder, target)) ? target : null;
    }

    /// <summary>Nothing outside the package's folder is ever published, whatever its files say.</summary>
    private string? Inside(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Folder, path));
        var inside = Path.GetRelativePath(Folder, full);
        return inside.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(inside) ? null : inside.Replace('\\', '/');
    }

    private string? Unexported(string subpath)
    {
        if (subpath != ".")
        {
            return File.Exists(Path.Combine(Folder, subpath)) ? subpath : subpath + ".js";
        }

        return Text("module") ?? Text("jsnext:main") ?? (Text("type") == "module" ? Text("main") ?? "./index.js" : null);
    }

    private string? Text(string name) =>
        _description.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Exported(JsonElement exports, string subpath)
    {
        var hasSubpaths = exports.ValueKind == JsonValueKind.Object && exports.EnumerateObject().Any(static pair => pair.Name.StartsWith('.'));
        if (!hasSubpaths)
        {
            return subpath == "." ? Chosen(exports) : null;
        }

        if (exports.TryGetProperty(subpath, out var exact))
        {
            return Chosen(exact);
        }

        // The longest pattern counts, as Node decides it.
        foreach (var pair in exports.EnumerateObject().Where(static pair => pair.Name.Contains('*')).OrderByDescending(static pair => pair.Name.IndexOf('*')))
        {
            var parts = pair.Name.Split('*', 2);
            if (subpath.Length >= parts[0].Length + parts[1].Length
                && subpath.StartsWith(parts[0], StringComparison.Ordinal) && subpath.EndsWith(parts[1], StringComparison.Ordinal))
            {
                return Chosen(pair.Value)?.Replace("*", subpath[parts[0].Length..^parts[1].Length], StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>The first condition that holds in a browser in production.</summary>
    private static string? Chosen(JsonElement target) => target.ValueKind switch
    {
        JsonValueKind.String => target.GetString(),
        JsonValueKind.Array => target.EnumerateArray().Select(Chosen).FirstOrDefault(static file => file is not null),
        JsonValueKind.Object => target.EnumerateObject()
            .Where(static pair => pair.Name is "browser" or "module" or "import" or "production" or "default")
            .Select(static pair => Chosen(pair.Value))
            .FirstOrDefault(static file => file is not null),
        _ => null,
    };
}
