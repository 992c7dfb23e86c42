using System.Diagnostics;
using Xunit;

namespace Stitcher.Containment.Tests;

/// <summary>Programs that a machine may lack. A test that needs one skips itself; where the environment insists, it fails.</summary>
internal static class Tools
{
    private const string Required = "STITCHER_TESTS_REQUIRE";

    public static bool Has(string program) => PathOf(program) is not null;

    public static string? PathOf(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { Path.Combine(folder, program), Path.Combine(folder, program + ".exe"), Path.Combine(folder, program + ".cmd") })
            .FirstOrDefault(File.Exists);

    /// <returns>Null, or what the program said when it failed.</returns>
    public static string? Run(string program, string arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(PathOf(program)!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : (error + output.Result).Trim().ReplaceLineEndings(" ");
    }

    /// <summary>Skips the test, or fails it where the environment names the tool as required.</summary>
    public static T Missing<T>(string tool, string sentence)
    {
        if ((Environment.GetEnvironmentVariable(Required) ?? "").Contains(tool, StringComparison.OrdinalIgnoreCase))
        {
            Assert.Fail($"{Required} asks for {tool}: {sentence}");
        }

        Assert.Skip(sentence);
        throw new UnreachableException();
    }
}
