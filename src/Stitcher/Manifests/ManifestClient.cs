using Stitcher.Federation.Manifests;
using Stitcher.Upstream;

namespace Stitcher.Manifests;

/// <summary>Looks at one manifest once.</summary>
internal sealed class ManifestClient(ServiceDestinations destinations)
{
    /// <summary>What one look gave: new bytes, nothing new, or a reason why it gave nothing.</summary>
    public readonly record struct Look(ReadOnlyMemory<byte> Bytes, string? ETag, bool Unchanged, string? Problem);

    public async Task<Look> LookAsync(ManifestSource source, string? etag, CancellationToken token)
    {
        if (!destinations.TryPick(source.Cluster, null, out var cluster, out var destination))
        {
            return new(default, etag, false, $"cluster '{source.Cluster}' has no available destination");
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, destination.Model.Config.Address.TrimEnd('/') + source.Path);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            if (etag is not null)
            {
                request.Headers.TryAddWithoutValidation("If-None-Match", etag);
            }

            using var response = await cluster.HttpClient.SendAsync(request, token);
            return (int)response.StatusCode switch
            {
                304 when etag is not null => new(default, etag, true, null),
                200 => await ReadAsync(response, token),
                var status => new(default, etag, false, $"status {status}, expected 200"),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException)
        {
            return new(default, etag, false, "no connection, or it broke");
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return new(default, etag, false, "no connection within Stitcher:Limits:ConnectTime");
        }
    }

    private static async Task<Look> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
        var body = await BodyReader.ReadAsync(response.Content, StitcherManifest.MaxBytes, TimeSpan.Zero, TimeProvider.System, token);
        if (body.End != BodyEnd.Complete)
        {
            return new(default, null, false, $"{body.Length} bytes or more, at most {StitcherManifest.MaxBytes} are taken");
        }

        var bytes = body.Bytes.ToArray();
        body.Return();
        var etag = response.Headers.NonValidated.TryGetValues("ETag", out var values) ? values.ToString() : null;
        return new(bytes, etag, false, null);
    }
}
