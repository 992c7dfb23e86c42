namespace Stitcher.TestKit;

/// <summary>Folders for hosts that run within the tests' process; gone when that ends.</summary>
/// <remarks>
/// A folder that is deleted while a host's file watcher has not been collected leaves the watcher's thread and its inotify instance behind for good
/// (.NET waits for an event that no longer comes), and Linux often gives a user 128 of them for all processes.
/// </remarks>
internal static class HostFolder
{
    private static readonly Lazy<DirectoryInfo> Root = new(() =>
    {
        var root = Directory.CreateTempSubdirectory("stitcher-hosts-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => root.Delete(recursive: true);
        return root;
    });

    private static int _last;

    /// <summary>A new and empty one.</summary>
    public static DirectoryInfo New() => Root.Value.CreateSubdirectory(Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture));
}
