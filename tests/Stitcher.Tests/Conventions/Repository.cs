namespace Stitcher.Tests.Conventions;

/// <summary>The source tree that these tests read, found from where they run.</summary>
internal static class Repository
{
    public static DirectoryInfo Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root.FullName, path));

    /// <summary>The source files that people wrote under a folder, as paths from the root with forward slashes.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root.FullName, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root.FullName, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    private static DirectoryInfo FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Stitcher.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} holds Stitcher.sln; run the tests inside the source tree.");
        }

        return folder;
    }
}
