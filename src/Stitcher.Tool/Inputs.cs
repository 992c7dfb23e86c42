using System.Collections.Immutable;
using Stitcher.Federation.Manifests;
using Stitcher.Federation.Negotiation;

namespace Stitcher.Tool;

/// <summary>Files and addresses as the command line names them.</summary>
internal static class Inputs
{
    private const string GatewaysPath = "/_stitcher/federation";

    /// <param name="place">A file, an address of a portfolio, or a gateway's management listener.</param>
    /// <param name="token">Ends the waiting.</param>
    public static async Task<PortfolioFile> PortfolioAsync(string place, CancellationToken token)
    {
        var address = AddressOf(place);
        var bytes = address is null ? await FileAsync(place, token) : await AnswerAsync(OfGateway(address), token);
        return PortfolioFile.Read(bytes, out var problem)
            ?? throw new InputException($"{place} is no portfolio: {problem}");
    }

    public static async Task<(ServiceManifest? Manifest, ImmutableArray<ManifestProblem> Problems)> ManifestAsync(
        string place, string? service, CancellationToken token)
    {
        var bytes = AddressOf(place) is { } address ? await AnswerAsync(address, token) : await FileAsync(place, token);
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

    private static Uri? AddressOf(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address : null;

    // Who names a gateway means what it negotiates over.
    private static Uri OfGateway(Uri address) =>
        address.AbsolutePath is "/" or GatewaysPath && !address.Query.Contains("format=", StringComparison.Ordinal)
            ? new UriBuilder(address) { Path = GatewaysPath, Query = "format=portfolio" }.Uri
            : address;

    private static async Task<byte[]> AnswerAsync(Uri address, CancellationToken token)
    {
        try
        {
            using var client = new HttpClient { MaxResponseContentBufferSize = PortfolioFile.MaxBytes, Timeout = TimeSpan.FromSeconds(30) };
            return await client.GetByteArrayAsync(address, token);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is { } status && address.AbsolutePath == GatewaysPath)
        {
            throw new InputException($"{address} answered {(int)status}. Expected was a gateway's management listener (Stitcher:Management:Url), which is not its public address.");
        }
        catch (HttpRequestException exception)
        {
            throw new InputException($"{address} cannot be read: {exception.Message}");
        }
        catch (TaskCanceledException) when (!token.IsCancellationRequested)
        {
            throw new InputException($"{address} did not answer within 30 seconds.");
        }
    }

    private static async Task<byte[]> FileAsync(string place, CancellationToken token)
    {
        try
        {
            return await File.ReadAllBytesAsync(place, token);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new InputException($"{place} cannot be read: {exception.Message}");
        }
    }
}
