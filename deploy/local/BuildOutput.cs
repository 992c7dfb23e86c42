namespace Stitcher.Local;

/// <summary>Where the build put the shop: the same configuration as the launcher itself, since it is built with it.</summary>
internal sealed class BuildOutput
{
    private readonly string _output;

    private BuildOutput(string root, string output)
    {
        Root = root;
        _output = output;
    }

    /// <summary>The folder of the solution.</summary>
    public string Root { get; }

    /// <summary>Finds the solution above the launcher's own folder, <c>deploy/local/bin/&lt;Configuration&gt;/&lt;framework&gt;</c>.</summary>
    /// <exception cref="ShopStartException">The launcher was copied or built elsewhere.</exception>
    public static BuildOutput Find(string launcherFolder)
    {
        var folder = new DirectoryInfo(launcherFolder);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Stitcher.sln")))
        {
            folder = folder.Parent;
        }

        if (folder is null)
        {
            throw new ShopStartException(
                $"No Stitcher.sln in {launcherFolder} or above it: run the launcher where it was built, with `dotnet run --project deploy/local`.");
        }

        var project = Path.Combine(folder.FullName, "deploy", "local");
        return new BuildOutput(folder.FullName, Path.GetRelativePath(project, launcherFolder));
    }

    /// <summary>The assembly of the project in <paramref name="folder"/> (relative to the root).</summary>
    public string AssemblyOf(string folder, string name) => Path.GetFullPath(Path.Combine(Root, folder, _output, name + ".dll"));
}
