using Stitcher.Chaos.Watching;

// The runtime looks for a type of exactly this name outside any namespace.
#pragma warning disable CA1050

/// <summary>Runs inside the gateway before its own code (<c>DOTNET_STARTUP_HOOKS</c>): what only the process itself can tell is written to its error output.</summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        ParentWatch.Start();
        GatewayWatch.Start();
    }
}
