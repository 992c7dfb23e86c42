using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace OrderService.Shelves;

/// <summary>
/// Asks the products service for prices and stock. That it fails is an answer like others; the client's handler gives each question its time and a second
/// attempt, which is harmless: the service does by a key only once what it is asked for.
/// </summary>
internal sealed class ShelfClient(HttpClient http, ILogger<ShelfClient> logger)
{
    public async Task<ShelfLook> LookAsync(int id, CancellationToken ct)
    {
        try
        {
            using var response = await http.GetAsync(new Uri($"api/products/{id}", UriKind.Relative), ct);
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return new ShelfLook(false, null);
            }

            response.EnsureSuccessStatusCode();
            return await response.Content.ReadFromJsonAsync<ProductBody>(ct) is { Name: { Length: > 0 } name, Price: > 0 and var price, Stock: >= 0 and var stock }
                ? new ShelfLook(false, new ShelfProduct(id, name, price, stock))
                : throw new JsonException("a product without a name, a price or a stock");
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            logger.ShelvesAway("look", e.Message);
            return new ShelfLook(true, null);
        }
    }

    /// <summary>Looks for several at once.</summary>
    /// <returns>Null when the service is away; without those that are not sold any more.</returns>
    public async Task<IReadOnlyDictionary<int, ShelfProduct>?> LookAsync(IEnumerable<int> ids, CancellationToken ct)
    {
        var looks = await Task.WhenAll(ids.Select(id => LookAsync(id, ct)));
        return Array.Exists(looks, static look => look.IsAway)
            ? null
            : looks.Select(static look => look.Product).OfType<ShelfProduct>().ToDictionary(static product => product.Id);
    }

    /// <summary>Takes all of it or nothing. With a key that was taken before, nothing more is taken.</summary>
    public async Task<ShelfTake> TakeAsync(string key, IReadOnlyList<ShelfLine> lines, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync("stock/take", new TakeBody(key, lines), ct);
            if (response.StatusCode == HttpStatusCode.Conflict)
            {
                return await response.Content.ReadFromJsonAsync<GoneBody>(ct) is { Gone: { Count: > 0 } gone }
                    ? new ShelfTake(false, gone)
                    : throw new JsonException("a conflict that names nothing");
            }

            response.EnsureSuccessStatusCode();
            return ShelfTake.Done;
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            logger.ShelvesAway("take", e.Message);
            return ShelfTake.Unknown;
        }
    }

    /// <summary>Gives back what was taken by a key, if anything was.</summary>
    /// <returns>False when nobody knows whether it is back.</returns>
    public async Task<bool> ReturnAsync(string key, CancellationToken ct)
    {
        try
        {
            using var response = await http.PostAsJsonAsync("stock/return", new ReturnBody(key), ct);
            if (response.StatusCode != HttpStatusCode.NotFound)
            {
                response.EnsureSuccessStatusCode();
            }

            return true;
        }
        catch (Exception e) when (IsFailure(e, ct))
        {
            logger.ShelvesAway("return", e.Message);
            return false;
        }
    }

    private static bool IsFailure(Exception exception, CancellationToken ct) => exception switch
    {
        OperationCanceledException => !ct.IsCancellationRequested,
        HttpRequestException or TimeoutRejectedException or BrokenCircuitException or JsonException or IOException or NotSupportedException => true,
        _ => false,
    };

    private sealed record ProductBody(string? Name, [property: JsonPropertyName("priceCents")] int Price, int Stock);

    private sealed record TakeBody(string Key, IReadOnlyList<ShelfLine> Lines);

    private sealed record ReturnBody(string Key);

    private sealed record GoneBody(IReadOnlyList<ShelfShortage> Gone);
}
