using System.Net;

namespace Stitcher.Chaos.Services;

/// <summary>How a fault service was started.</summary>
/// <param name="Name">The service it is an instance of.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Port">The port; 0 for any.</param>
/// <param name="Version">The version that its fragments name.</param>
/// <param name="Namespace">The network namespace in which it listens; null for the machine's own.</param>
internal sealed record FaultServiceOptions(string Name, IPAddress Address, int Port, int Version, string? Namespace);
