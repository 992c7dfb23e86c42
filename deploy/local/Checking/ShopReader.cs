namespace Stitcher.Local.Checking;

/// <summary>Fetches what a check looks at; an address that does not answer is an answer, too.</summary>
internal sealed class ShopReader(HttpClient client, TimeProvider time)
{
    /// <summary>Gets the whole answer.</summary>
    public async Task<ShopAnswer> GetAsync(Uri address, CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        try
        {
            using var response = await client.GetAsync(address, stopping);
            var body = await response.Content.ReadAsByteArrayAsync(stopping);
            return new ShopAnswer(
                (int)response.StatusCode,
                response.Content.Headers.ContentType?.MediaType ?? "",
                body,
                time.GetElapsedTime(began),
                (response.RequestMessage?.RequestUri ?? address).AbsolutePath);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is TaskCanceledException && !stopping.IsCancellationRequested))
        {
            return new ShopAnswer(0, "", [], time.GetElapsedTime(began), address.AbsolutePath);
        }
    }
}
