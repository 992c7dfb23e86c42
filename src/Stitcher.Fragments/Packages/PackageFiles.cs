using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.FileProviders.Physical;
using Microsoft.Extensions.Primitives;
using Stitcher.Fragments.Publishing;

namespace Stitcher.Fragments.Packages;

/// <summary>Serves the files of installed packages that the manifest names, and no others of <c>node_modules</c>.</summary>
internal sealed class PackageFiles(FragmentManifest manifest) : IFileProvider
{
    public IFileInfo GetFileInfo(string subpath) => manifest.Current.PackageFiles.TryGetValue(NpmSelector.Folder + subpath.TrimStart('/'), out var path)
        ? new PhysicalFileInfo(new FileInfo(path))
        : new NotFoundFileInfo(subpath);

    public IDirectoryContents GetDirectoryContents(string subpath) => NotFoundDirectoryContents.Singleton;

    public IChangeToken Watch(string filter) => NullChangeToken.Singleton;
}
