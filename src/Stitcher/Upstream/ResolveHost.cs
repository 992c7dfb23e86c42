using System.Net;

namespace Stitcher.Upstream;

/// <summary>Looks up the addresses of a name.</summary>
/// <param name="host">The name.</param>
/// <param name="token">Ends the wait for it.</param>
internal delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken token);
