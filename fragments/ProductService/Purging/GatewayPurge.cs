using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Stitcher.Fragments;

namespace ProductService.Purging;

/// <summary>
/// Has the gateway forget what it remembers of something that has changed, so that whoever changed it sees it at once. That this fails costs nobody a change:
/// the fragments are then old for as long as they may be.
/// </summary>
internal sealed class GatewayPurge(
    HttpClient client, IOptions<GatewayPurgeOptions> options, IOptions<FragmentServiceOptions> service, ILogger<GatewayPurge> logger)
{
    /// <summary>On everything that shows several products.</summary>
    public const string Catalog = "catalog";

    // The gateway takes so many purges a second from everybody together; one for all products is better than a hundred.
    private const int MostSingle = 8;

    /// <summary>Forgets these products and everything that lists products.</summary>
    public Task ForgetAsync(IEnumerable<int> products, CancellationToken ct)
    {
        var tags = products.Select(id => $"product:{id}").ToArray();
        return tags.Length switch
        {
            0 => Task.CompletedTask,
            > MostSingle => ForgetEverythingAsync(ct),
            _ => Task.WhenAll(tags.Append(Catalog).Select(tag => TellAsync(tag, ct))),
        };
    }

    /// <summary>Forgets all of this service's fragments: a shelf's name stands on every one of them.</summary>
    public Task ForgetEverythingAsync(CancellationToken ct) => TellAsync(null, ct);

    private async Task TellAsync(string? tag, CancellationToken ct)
    {
        if (options.Value.Address is not { } address)
        {
            return;
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/_stitcher/purge"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.Token);
            request.Content = JsonContent.Create(new { service = service.Value.Service, tag, mode = "hard" });
            using var response = await client.SendAsync(request, ct);
            if (!response.IsSuccessStatusCode)
            {
                logger.PurgeRefused(tag ?? "everything", (int)response.StatusCode);
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !ct.IsCancellationRequested)
        {
            logger.PurgeFailed(tag ?? "everything", e.Message);
        }
    }
}
