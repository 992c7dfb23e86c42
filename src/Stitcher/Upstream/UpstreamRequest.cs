using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>One thing to ask a service for: always GET, always an address made by the gateway.</summary>
internal sealed class UpstreamRequest(string fragment, string target)
{
    private sealed record Resolved(DestinationModel Destination, Uri Address);

    private Resolved? _resolved;

    /// <summary>The fragment's name, told to the service.</summary>
    public string Fragment => fragment;

    /// <summary>Path and query on the service, percent-encoded.</summary>
    public string Target => target;

    /// <summary>The absolute address at a destination. A request that lives as long as its plan parses it once per destination.</summary>
    public Uri At(DestinationModel destination)
    {
        var known = _resolved;
        if (known?.Destination == destination)
        {
            return known.Address;
        }

        // A plain join: resolving the target against the address would let a path-absolute target drop the address's own path.
        var address = new Uri(destination.Config.Address.TrimEnd('/') + target, UriKind.Absolute);
        _resolved = new Resolved(destination, address);
        return address;
    }
}
