using System.ComponentModel;
using System.Diagnostics;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>The remote in <c>NativeFederation</c>, built by that project's own tools as its authors would build it.</summary>
/// <remarks>
/// Where npm or its packages cannot be had, a test that needs it is skipped; it fails instead when <c>STITCHER_TESTS_REQUIRE</c> contains <c>node</c>.
/// </remarks>
internal static class NativeFederationBuild
{
    private static readonly string Source = Path.Combine(Repository.Root, "tests", "Stitcher.Browser.Tests", "NativeFederation");
    private static readonly string Place = Path.Combine(Repository.Root, "tests", "Stitcher.Browser.Tests", "obj", "native-federation");
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static bool IsRequired =>
        (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);

    /// <summary>The built files by their names.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(CancellationToken token)
    {
        var locked = await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json"), token);
        var stamp = Path.Combine(Place, "node_modules", ".installed");
        Copy();
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, token) != locked)
        {
            // Not `ci`: it refuses a lock file without the optional parts for systems that a registry does not carry.
            await RunAsync(token, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(stamp, locked, token);
        }

        await RunAsync(token, "run", "build");
        var files = Directory.GetFiles(Path.Combine(Place, "dist"));
        return files.ToDictionary(static file => Path.GetFileName(file), File.ReadAllBytes);
    }

    private static void Copy()
    {
        foreach (var file in Directory.GetFiles(Source, "*", SearchOption.AllDirectories))
        {
            var copy = new FileInfo(Path.Combine(Place, Path.GetRelativePath(Source, file)));
            copy.Directory!.Create();
            File.Copy(file, copy.FullName, overwrite: true);
        }
    }

    private static async Task RunAsync(CancellationToken token, params string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", arguments)
        {
            WorkingDirectory = Place,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Patience);
            var said = await Task.WhenAll(npm.StandardOutput.ReadToEndAsync(limit.Token), npm.StandardError.ReadToEndAsync(limit.Token));
            await npm.WaitForExitAsync(limit.Token);
            Miss(npm.ExitCode != 0, $"npm {string.Join(' ', arguments)} failed ({npm.ExitCode}): {string.Concat(said).Trim()}");
        }
        catch (Win32Exception)
        {
            Miss(true, "No npm on the path: install Node 20 or newer.");
        }
    }

    private static void Miss(bool isMissing, string sentence)
    {
        Assert.SkipWhen(isMissing && !IsRequired, sentence);
        Assert.False(isMissing, sentence);
    }
}
