using System.Net;
using System.Net.Sockets;

namespace Stitcher.Chaos.Load;

/// <summary>Asks for one page, over connections that are kept.</summary>
internal sealed class PageClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        MaxConnectionsPerServer = 4_000,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
    })
    {
        Timeout = Patience,
        DefaultRequestVersion = HttpVersion.Version11,
        MaxResponseContentBufferSize = 8 * 1024 * 1024,
    };

    /// <summary>Asks.</summary>
    /// <returns>The page, or why there is none.</returns>
    public async Task<(PageAnswer? Answer, Loss Loss, string? Detail)> AskAsync(Uri gateway, string kind, string id, CancellationToken token)
    {
        try
        {
            using var response = await _client.GetAsync(new Uri(gateway, $"/{kind}/{id}"), HttpCompletionOption.ResponseContentRead, token);
            var body = await response.Content.ReadAsByteArrayAsync(token);
            return (new PageAnswer(kind, id, (int)response.StatusCode, Header(response, "Cache-Control"), Header(response, "Retry-After"), body), Loss.None, null);
        }
        catch (HttpRequestException exception)
        {
            var refused = exception.HttpRequestError == HttpRequestError.ConnectionError || exception.InnerException is SocketException;
            return (null, refused ? Loss.Connect : Loss.Broken, $"{exception.HttpRequestError}: {exception.GetBaseException().Message}");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return (null, Loss.Late, $"no whole answer within {Patience.TotalSeconds:0} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : "";
}
