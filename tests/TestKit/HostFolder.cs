namespace Stitcher.TestKit;

/// <summary>Folders for hosts that run within the tests' process. Their files go with the host; the empty folders stay for the system to clear away.</summary>
/// <remarks>
/// A folder that is deleted while a host's file watcher has not been collected leaves the watcher's thread and its inotify instance behind for good
/// (.NET waits for an event that no longer comes), and Linux often gives a user 128 of them for all processes. To delete hundreds of folders when the process
/// ends takes longer on a busy machine than the runner waits for that.
/// </remarks>
internal static class HostFolder
{
    private static readonly Lazy<DirectoryInfo> Root = new(static () => Directory.CreateTempSubdirectory("stitcher-hosts-"));

    private static int _last;

    /// <summary>A new and empty one.</summary>
    public static DirectoryInfo New() => Root.Value.CreateSubdirectory(Interlocked.Increment(ref _last).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Deletes the files in it.</summary>
    public static void Clear(DirectoryInfo folder)
    {
        foreach (var file in folder.GetFiles("*", SearchOption.AllDirectories))
        {
            file.Delete();
        }
    }
}
