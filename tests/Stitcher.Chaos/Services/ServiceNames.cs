namespace Stitcher.Chaos.Services;

/// <summary>The four services of a run; each runs twice.</summary>
internal static class ServiceNames
{
    /// <summary>The service of the primary or required fragment of every page.</summary>
    public const string Primary = "products";

    /// <summary>The services of the optional fragments.</summary>
    public static IReadOnlyList<string> Optional { get; } = ["users", "orders", "analytics"];

    /// <summary>All four.</summary>
    public static IReadOnlyList<string> All { get; } = [Primary, .. Optional];

    /// <summary>The names of a service's instances.</summary>
    public static IReadOnlyList<string> Instances { get; } = ["a", "b"];
}
