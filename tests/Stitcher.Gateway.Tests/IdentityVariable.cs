using System.Runtime.CompilerServices;
using Stitcher.TestKit;

namespace Stitcher.Gateway.Tests;

/// <summary>Where the gateway as it is shipped finds its key, for the tests that host it in their own process.</summary>
internal static class IdentityVariable
{
    [ModuleInitializer]
    internal static void Set() => Environment.SetEnvironmentVariable("STITCHER_IDENTITY_KEY", ServiceProcess.IdentityKey);
}
