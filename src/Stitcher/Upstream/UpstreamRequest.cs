using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>One thing to ask a service for: always GET, always an address made by the gateway.</summary>
internal sealed class UpstreamRequest(string fragment, string target)
{
    private sealed record Resolved(DestinationModel Destination, Uri Address);

    private readonly UpstreamRequest? _original;
    private Resolved? _resolved;

    private UpstreamRequest(UpstreamRequest original, IReadOnlyList<KeyValuePair<string, string>> headers)
        : this(original.Fragment, original.Target)
    {
        _original = original;
        Headers = headers;
    }

    /// <summary>The fragment's name, told to the service.</summary>
    public string Fragment => fragment;

    /// <summary>Path and query on the service, percent-encoded.</summary>
    public string Target => target;

    /// <summary>What this one request says beside what all say; values are printable ASCII.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = [];

    /// <summary>The same question, asked with these headers.</summary>
    public UpstreamRequest With(IReadOnlyList<KeyValuePair<string, string>> headers) => new(_original ?? this, headers);

    /// <summary>The absolute address at a destination. A request that lives as long as its plan parses it once per destination.</summary>
    public Uri At(DestinationModel destination)
    {
        if (_original is not null)
        {
            return _original.At(destination);
        }

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
