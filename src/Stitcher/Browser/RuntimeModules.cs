using System.Collections.Immutable;

namespace Stitcher.Browser;

/// <summary>The modules by which fragments live in the browser: the bus between them, and what starts, refreshes and replaces them.</summary>
internal static class RuntimeModules
{
    /// <summary>Where browsers find them.</summary>
    public const string Folder = "/_stitcher/";

    /// <summary>The version of what they offer: services ask for it by range.</summary>
    public const string Version = "1.0.0";

    public const string BusPackage = "@stitcher/bus";
    public const string LivePackage = "@stitcher/live";

    /// <summary>All of them; every one belongs to the package that its specifier begins with.</summary>
    public static ImmutableArray<RuntimeModule> All { get; } =
    [
        RuntimeModule.Read(BusPackage, "bus"),
        RuntimeModule.Read(LivePackage, "live", BusPackage),
        RuntimeModule.Read(LivePackage + "/forms", "forms", BusPackage, LivePackage),
        RuntimeModule.Read(LivePackage + "/fragments", "fragments", LivePackage),
        RuntimeModule.Read(LivePackage + "/pages", "pages", BusPackage, LivePackage, LivePackage + "/fragments"),
    ];
}
