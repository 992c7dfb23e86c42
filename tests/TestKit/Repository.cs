namespace Stitcher.TestKit;

/// <summary>The folders around the tests.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Stitcher.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Where every project's build output lies below its own folder: <c>bin/Debug/net10.0</c>, or as the tests were built.</summary>
    public static string BuildOutput { get; } = Path.Combine([.. AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^3..]]);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Stitcher.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No Stitcher.sln in {AppContext.BaseDirectory} or above it: run the tests where they were built.");
    }
}
