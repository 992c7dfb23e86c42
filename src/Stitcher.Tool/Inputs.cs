using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>Files and addresses as the command line names them.</summary>
internal static class Inputs
{
    public static async Task<PortfolioFile> PortfolioAsync(string place, CancellationToken token) =>
        PortfolioFile.Read(await BytesAsync(place, token), out var problem)
        ?? throw new InputException($"{place} is no portfolio: {problem}");

    public static async Task<(ServiceManifest? Manifest, ImmutableArray<ManifestProblem> Problems)> ManifestAsync(
        string place, string? service, CancellationToken token)
    {
        var bytes = await BytesAsync(place, token);
        var format = ForeignManifest.Recognize(bytes) ?? ManifestFormat.Stitcher;
        try
        {
            var manifest = ForeignManifest.Read(format, bytes, new ManifestOrigin(service ?? "service", "/"), out var problems);
            return (manifest, problems);
        }
        catch (ArgumentException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static async Task<byte[]> BytesAsync(string place, CancellationToken token)
    {
        try
        {
            if (Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
            {
                using var client = new HttpClient { MaxResponseContentBufferSize = PortfolioFile.MaxBytes, Timeout = TimeSpan.FromSeconds(30) };
                return await client.GetByteArrayAsync(address, token);
            }

            return await File.ReadAllBytesAsync(place, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or HttpRequestException or ArgumentException)
        {
            throw new InputException($"{place} cannot be read: {exception.Message}");
        }
        catch (TaskCanceledException) when (!token.IsCancellationRequested)
        {
            throw new InputException($"{place} did not answer within 30 seconds.");
        }
    }
}
