using System.Security.Cryptography;
using System.Text;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Packages;

/// <summary>What a manifest says about a file, read off its bytes.</summary>
internal static class ModuleFiles
{
    public static ModuleFile Read(string path, byte[] bytes) => new()
    {
        Integrity = $"sha384-{Convert.ToBase64String(SHA384.HashData(bytes))}",
        Bytes = bytes.Length,
        Imports = Path.GetExtension(path) is ".js" or ".mjs" ? ModuleScanner.Imports(Encoding.UTF8.GetString(bytes)) : [],
    };

    /// <summary>A specifier that the import map resolves, and not the address of the file it stands in.</summary>
    public static bool IsBare(string specifier) =>
        specifier.Length > 0 && specifier[0] is not ('/' or '.' or '#') && !specifier.Contains(':', StringComparison.Ordinal);

    /// <summary>The path below the asset base that a relative specifier leads to; null when it leads out of it.</summary>
    public static string? Beside(string file, string specifier)
    {
        if (!specifier.StartsWith("./", StringComparison.Ordinal) && !specifier.StartsWith("../", StringComparison.Ordinal))
        {
            return null;
        }

        var segments = file.Split('/')[..^1].ToList();
        foreach (var segment in specifier.Split('/'))
        {
            if (segment == "..")
            {
                if (segments.Count == 0)
                {
                    return null;
                }

                segments.RemoveAt(segments.Count - 1);
            }
            else if (segment != ".")
            {
                segments.Add(segment);
            }
        }

        return string.Join('/', segments);
    }
}
