using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.FileProviders;
using Stitcher.Federation.Manifests;
using Stitcher.Fragments.Packages;

namespace Stitcher.Fragments.Publishing;

/// <summary>The scripts and style sheets a service serves, as found on its disk.</summary>
internal sealed class FragmentAssets(IFileProvider files, string folder)
{
    private const int DeepestFolder = 8;

    /// <summary>Changes when a file comes, goes or is written. Costs a listing, no reading.</summary>
    public string Stamp() => string.Join('|', Files().Select(static file =>
        string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{file.Info.Length}:{file.Info.LastModified.UtcTicks}")));

    public DateTimeOffset? NewestWrite() => Files().Max(static file => (DateTimeOffset?)file.Info.LastModified);

    public ImmutableSortedDictionary<string, ModuleFile> Read()
    {
        var modules = ImmutableSortedDictionary.CreateBuilder<string, ModuleFile>(StringComparer.Ordinal);
        foreach (var (path, info) in Files())
        {
            using var stream = info.CreateReadStream();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            modules[path] = ModuleFiles.Read(path, bytes.ToArray());
        }

        return modules.ToImmutable();
    }

    private IOrderedEnumerable<(string Path, IFileInfo Info)> Files() =>
        Below("", 0).OrderBy(static file => file.Path, StringComparer.Ordinal);

    private IEnumerable<(string Path, IFileInfo Info)> Below(string path, int depth)
    {
        foreach (var info in files.GetDirectoryContents(folder + path))
        {
            if (info.IsDirectory && depth < DeepestFolder)
            {
                foreach (var file in Below($"{path}{info.Name}/", depth + 1))
                {
                    yield return file;
                }
            }
            else if (Path.GetExtension(info.Name) is ".js" or ".mjs" or ".css")
            {
                yield return (path + info.Name, info);
            }
        }
    }
}
