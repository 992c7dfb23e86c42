using System.Globalization;

namespace Stitcher.Containment.Tests;

/// <summary>How much is tried: little on every run, as much as one likes by the environment.</summary>
internal static class Effort
{
    private const string Variable = "STITCHER_CONTAINMENT_CASES";

    private const int Usual = 4_000;

    /// <summary>The number of random fragments.</summary>
    public static int Cases { get; } =
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var cases) ? cases : Usual;

    /// <summary>Whether what is usually a share of all combinations is all of them.</summary>
    public static bool IsLong => Cases > Usual;
}
