using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Stitcher.Upstream;

/// <summary>Opens the connections to services: only to addresses that the policy allows, and not at once again after a name that could not be looked up.</summary>
internal sealed class ServiceConnector(ResolveHost resolve, AddressPolicy policy, TimeProvider time)
{
    // Long enough to spare a resolver that does not answer, short enough that nobody waits for it.
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(1);

    // Only hosts of configured destinations come here, so that it cannot grow without bound.
    private readonly ConcurrentDictionary<string, long> _unknown = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What the client library calls for a new connection.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken token) =>
        ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, token);

    private async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken token)
    {
        var addresses = await AllowedAddressesAsync(host, token);
        var socket = addresses is [{ AddressFamily: var family }] ? new Socket(family, SocketType.Stream, ProtocolType.Tcp) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(addresses, port, token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async ValueTask<IPAddress[]> AllowedAddressesAsync(string host, CancellationToken token)
    {
        var isAddress = IPAddress.TryParse(host, out var written);
        var addresses = isAddress ? [written!] : await LookUpAsync(host, token);
        var isWritten = isAddress || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        var allowed = Array.FindAll(addresses, address => policy.Allows(address, isWritten));
        return allowed.Length > 0
            ? allowed
            : throw new ConnectRefusedException(isAddress
                ? $"{written} is an address that no service has, unless Stitcher:AllowedAddresses names it"
                : $"'{host}' leads to {addresses[0]}, which no service has unless Stitcher:AllowedAddresses names it");
    }

    private async ValueTask<IPAddress[]> LookUpAsync(string host, CancellationToken token)
    {
        if (_unknown.TryGetValue(host, out var since) && time.GetElapsedTime(since) < Remembered)
        {
            throw new ConnectRefusedException($"'{host}' had no address less than a second ago");
        }

        try
        {
            var addresses = await resolve(host, token);
            if (addresses.Length > 0)
            {
                _unknown.TryRemove(host, out _);
                return addresses;
            }
        }
        catch (SocketException)
        {
            // The same as no address.
        }
        catch (OperationCanceledException)
        {
            // Its connect time was over: the resolver is no better for the next who asks.
            _unknown[host] = time.GetTimestamp();
            throw;
        }

        _unknown[host] = time.GetTimestamp();
        throw new ConnectRefusedException($"'{host}' has no address");
    }
}
