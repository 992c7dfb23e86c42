namespace Stitcher.TestKit;

/// <summary>What the build restored from npm for the shop's services.</summary>
public static class BrowserPackages
{
    private static readonly bool AreRequired =
        (Environment.GetEnvironmentVariable("STITCHER_TESTS_REQUIRE") ?? "").Contains("node", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Why tests that need it are skipped; null when it is all there, and when <c>STITCHER_TESTS_REQUIRE</c> contains <c>node</c>, so that they fail.
    /// </summary>
    public static string? Missing { get; } = AreRequired ? null : RunningShop.Projects.Values
        .Select(project => Path.Combine(Repository.Root, project))
        .Where(folder => !File.Exists(Path.Combine(folder, "node_modules", ".restored")))
        .Select(folder => $"No browser packages in {folder}: install Node 20 or newer and build again.")
        .FirstOrDefault();
}
