using System.Net;
using Stitcher.Configuration;

namespace Stitcher.Upstream;

/// <summary>
/// Which addresses the gateway may connect to. Link-local addresses and those where clouds tell machines their secrets are nobody's service. A name that
/// leads to the machine itself is refused as well, since its owner may be a stranger; <c>localhost</c> and an address written out are the operator's own word.
/// </summary>
internal sealed class AddressPolicy(IEnumerable<string> allowed)
{
    private static readonly IPNetwork[] Never =
    [
        IPNetwork.Parse("0.0.0.0/8"), // this network
        IPNetwork.Parse("169.254.0.0/16"), // link-local, and most clouds' metadata
        IPNetwork.Parse("100.100.100.200/32"), // metadata of Alibaba Cloud
        IPNetwork.Parse("168.63.129.16/32"), // Azure's host
        IPNetwork.Parse("192.0.0.192/32"), // metadata of Oracle Cloud
        IPNetwork.Parse("224.0.0.0/3"), // multicast, reserved, broadcast
        IPNetwork.Parse("::/128"), // unspecified
        IPNetwork.Parse("fe80::/10"), // link-local
        IPNetwork.Parse("fd00:ec2::254/128"), // metadata of AWS
        IPNetwork.Parse("fd20:ce::254/128"), // metadata of Google Cloud
        IPNetwork.Parse("ff00::/8"), // multicast
    ];

    private readonly IPNetwork[] _allowed = [.. allowed.Select(text => AllowedAddress.TryParse(text, out var network) ? network : (IPNetwork?)null).OfType<IPNetwork>()];

    /// <param name="address">Where a connection would lead.</param>
    /// <param name="isWritten">The operator wrote the address itself, or <c>localhost</c>, and no name that was looked up.</param>
    public bool Allows(IPAddress address, bool isWritten)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_allowed, network => network.Contains(plain))
            || (!Array.Exists(Never, network => network.Contains(plain)) && (isWritten || !IPAddress.IsLoopback(plain)));
    }
}
