using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Stitcher.Diagnostics;
using Stitcher.Upstream;

namespace Stitcher.Manifests;

/// <summary>Gets the files that manifests name: kept ones at once, others from their service, once for all who wait.</summary>
internal sealed class RevisionFiles(ServiceDestinations destinations, KeptAssets kept, TimeProvider time, ILogger<RevisionFiles> logger) : IDisposable
{
    // A deployment under way has some destinations that do not have the file yet, or no more.
    private const int MostDestinations = 4;
    private const int MostTries = 3;

    // No file's path is empty.
    private const string Full = "";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Lazy<Task<FileAnswer>>> _underWay = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AssetPaths> _public = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<KnownRevision, ConcurrentDictionary<string, int>> _failed = [];
    private readonly CancellationTokenSource _over = new();

    /// <summary>Fetches what is not kept of a service's current revision.</summary>
    /// <param name="source">Where the service is.</param>
    /// <param name="service">What is known of it.</param>
    /// <param name="isSeen">It answers, so that asking it makes sense.</param>
    /// <param name="token">Ends the waiting.</param>
    /// <returns>Whether its files can be had: from it, or because all are kept.</returns>
    public async Task<bool> KeepAsync(ManifestSource source, KnownService service, bool isSeen, CancellationToken token)
    {
        var revision = service.Current;
        var failed = _failed.GetOrCreateValue(revision);
        var wanted = revision.Files.Values
            .Where(file => kept.Find(revision, file) is null && failed.GetValueOrDefault(file.Path) < MostTries)
            .OrderBy(static file => file.Path, StringComparer.Ordinal)
            .ToList();
        if (!isSeen)
        {
            return wanted.Count == 0;
        }

        foreach (var file in failed.ContainsKey(Full) ? [] : wanted)
        {
            var answer = await GetAsync(source, revision, file, token);
            if (answer.End == FileEnd.Unreachable)
            {
                return false;
            }

            // The rest would only be fetched to be thrown away; browsers get it when they ask.
            if (answer.End == FileEnd.NoRoom)
            {
                failed[Full] = MostTries;
                logger.FileNotKept(service.Name, revision.Manifest.Revision, file.Path, answer.Reason!);
                break;
            }

            if (answer.End is not FileEnd.Kept && failed.AddOrUpdate(file.Path, 1, static (_, tries) => tries + 1) == MostTries)
            {
                logger.FileNotKept(service.Name, revision.Manifest.Revision, file.Path, answer.Reason!);
            }
        }

        return true;
    }

    public KeptAsset? Find(KnownRevision revision, NamedFile file) => kept.Find(revision, file);

    /// <summary>The file, from memory or from its service.</summary>
    public async Task<FileAnswer> GetAsync(ManifestSource source, KnownRevision revision, NamedFile file, CancellationToken token)
    {
        if (kept.Find(revision, file) is { } asset)
        {
            return FileAnswer.Of(asset);
        }

        var key = revision.BaseUrl + file.Path;
        return await _underWay.GetOrAdd(key, _ => new Lazy<Task<FileAnswer>>(() => FetchOnceAsync(key, source, revision, file))).Value.WaitAsync(token);
    }

    /// <summary>Ends what is under way, and returns when nothing is.</summary>
    public async Task EndAsync()
    {
        await _over.CancelAsync();
        await Task.WhenAll(_underWay.Values.Select(static fetch => (Task)fetch.Value)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _over.Dispose();

    // Those who wait may go before it ends, so it leaves by itself; whoever comes after that asks anew.
    private async Task<FileAnswer> FetchOnceAsync(string key, ManifestSource source, KnownRevision revision, NamedFile file)
    {
        try
        {
            // It may have come between the look for it and now.
            return kept.Find(revision, file) is { } asset ? FileAnswer.Of(asset) : await FetchAsync(source, revision, file);
        }
        finally
        {
            _underWay.TryRemove(key, out _);
        }
    }

    private async Task<FileAnswer> FetchAsync(ManifestSource source, KnownRevision revision, NamedFile file)
    {
        var path = revision.Manifest.Base + file.Path;
        if (!_public.GetOrAdd(source.Assets, static patterns => new AssetPaths(patterns.Split(' '))).Contain(path))
        {
            return FileAnswer.Failing(FileEnd.Refused, $"'{path}' is not among the service's Assets");
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _over.Token);
        var answer = FileAnswer.Failing(FileEnd.Unreachable, $"cluster '{source.Cluster}' has no available destination");
        Yarp.ReverseProxy.Model.DestinationState? asked = null;
        for (var i = 0; i < Math.Min(MostDestinations, Math.Max(1, destinations.CountAvailable(source.Cluster))); i++)
        {
            if (!destinations.TryPick(source.Cluster, asked, out var cluster, out var destination))
            {
                break;
            }

            asked = destination;
            try
            {
                answer = await AskAsync(cluster.HttpClient, destination.Model.Config.Address.TrimEnd('/') + path, revision, file, either.Token);
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException or UriFormatException)
            {
                answer = FileAnswer.Failing(FileEnd.Unreachable, "no complete answer");
            }

            if (answer.Asset is not null || either.IsCancellationRequested)
            {
                break;
            }
        }

        return answer;
    }

    private async Task<FileAnswer> AskAsync(HttpMessageInvoker client, string address, KnownRevision revision, NamedFile file, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        using var response = await client.SendAsync(request, token);
        var status = (int)response.StatusCode;
        if (status != 200)
        {
            return FileAnswer.Failing(status >= 500 ? FileEnd.Unreachable : FileEnd.Missing, $"status {status}, expected 200");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        if (!file.Kind.Takes(type) || response.Content.Headers.ContentEncoding.Count > 0)
        {
            return FileAnswer.Failing(FileEnd.Refused, $"its type is '{type}', expected '{file.Kind.Accepted[0]}' without an encoding");
        }

        var body = await BodyReader.ReadAsync(response.Content, KeptAssets.LargestFile, TimeSpan.Zero, time, token);
        if (body.End != BodyEnd.Complete)
        {
            return FileAnswer.Failing(FileEnd.TooLarge, $"{body.Length} bytes or more, at most {KeptAssets.LargestFile} are kept");
        }

        var bytes = body.Bytes.ToArray();
        body.Return();
        if (!KeptAssets.Matches(file, bytes))
        {
            return FileAnswer.Failing(FileEnd.Refused, "its bytes are not those whose hash the manifest tells");
        }

        // What does not fit is served all the same, and asked for again the next time.
        var asset = await kept.KeepAsync(revision, file, bytes);
        return asset is not null ? FileAnswer.Of(asset) : new FileAnswer(FileEnd.NoRoom, new KeptAsset(bytes), "there is no room for it (Stitcher:Federation:KeptAssetBytes)");
    }
}
