using Microsoft.AspNetCore.Http;
using Stitcher.Planning;

namespace Stitcher;

/// <summary>
/// Tells which listener took a connection, by its local port: what a request says of its host is the client's word.
/// </summary>
internal sealed class ManagementPort(CatalogState catalog)
{
    private string? _url;
    private int _port;

    /// <summary>Whether the operators' listener took it.</summary>
    public bool Took(ConnectionInfo connection)
    {
        var url = catalog.Current.Options.Management.Url;
        if (!ReferenceEquals(url, _url))
        {
            _port = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Port : 0;
            _url = url;
        }

        return connection.LocalPort == _port;
    }
}
