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
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    private static bool IsRequired =>
        (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);

    /// <summary>The built files by their names.</summary>
    public static async Task<IReadOnlyDictionary<string, byte[]>> FilesAsync(CancellationToken token)
    {
        await InstallAsync(token);
        await RunAsync("npm", token, "run", "build");
        var files = Directory.GetFiles(Path.Combine(Place, "dist"));
        return files.ToDictionary(static file => Path.GetFileName(file), File.ReadAllBytes);
    }

    /// <summary>Runs a script of Node's in the same folder, with some files beside it.</summary>
    public static async Task RunScriptAsync(string script, IReadOnlyDictionary<string, string> files, CancellationToken token)
    {
        await InstallAsync(token);
        foreach (var (name, content) in files.Append(new("script.mjs", script)))
        {
            var file = new FileInfo(FileOf(name));
            file.Directory!.Create();
            await File.WriteAllTextAsync(file.FullName, content, token);
        }

        await RunAsync("node", token, "script.mjs");
    }

    /// <summary>Where a file of that folder is.</summary>
    public static string FileOf(string name) => Path.Combine(Place, name);

    private static async Task InstallAsync(CancellationToken token)
    {
        var locked = await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json"), token);
        var stamp = Path.Combine(Place, "node_modules", ".installed");
        Copy();
        if (!File.Exists(stamp) || await File.ReadAllTextAsync(stamp, token) != locked)
        {
            // Not `ci`: it refuses a lock file without the optional parts for systems that a registry does not carry.
            await RunAsync("npm", token, "install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund");
            await File.WriteAllTextAsync(stamp, locked, token);
        }
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

    private static async Task RunAsync(string program, CancellationToken token, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Place,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Patience);
            var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Miss(process.ExitCode != 0, $"{program} {string.Join(' ', arguments)} failed ({process.ExitCode}): {string.Concat(said).Trim()}");
        }
        catch (Win32Exception)
        {
            Miss(true, $"No {program} on the path: install Node 20 or newer.");
        }
    }

    private static void Miss(bool isMissing, string sentence)
    {
        Assert.SkipWhen(isMissing && !IsRequired, sentence);
        Assert.False(isMissing, sentence);
    }
}
