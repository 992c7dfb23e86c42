using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;
using Stitcher.Federation.Manifests;

namespace Stitcher.Manifests;

/// <summary>Looks at every service's manifest from time to time. A service that is down keeps its last good one.</summary>
internal sealed class ManifestPoller(FederationState state, ManifestClient client, TimeProvider time, ILogger<ManifestPoller> logger) : BackgroundService
{
    // Until a service has been seen once, its slots show their own content: look again soon.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private readonly Lock _changing = new();
    private Round _round = new([], new FederationOptions(), new CancellationTokenSource());

    private sealed record Round(ImmutableArray<ManifestSource> Sources, FederationOptions Options, CancellationTokenSource Over);

    public void Watch(IEnumerable<ManifestSource> sources, FederationOptions options)
    {
        var next = new Round([.. sources], options, new CancellationTokenSource());
        lock (_changing)
        {
            if (next.Sources.SequenceEqual(_round.Sources) && options.PollInterval == _round.Options.PollInterval && options.PollTimeout == _round.Options.PollTimeout)
            {
                return;
            }

            (_round, next) = (next, _round);
        }

        next.Over.Cancel();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            Round round;
            lock (_changing)
            {
                round = _round;
            }

            using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, round.Over.Token);
            await Task.WhenAll([Task.Delay(Timeout.InfiniteTimeSpan, time, ends.Token), .. round.Sources.Select(s => PollAsync(s, round.Options, ends.Token))])
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PollAsync(ManifestSource source, FederationOptions options, CancellationToken token)
    {
        string? etag = null;
        string? problem = null;
        ReadOnlyMemory<byte> taken = default;
        var wait = FirstWait < options.PollInterval ? FirstWait : options.PollInterval;
        while (!token.IsCancellationRequested)
        {
            try
            {
                var look = await LookAsync(source, etag, options.PollTimeout, token);
                etag = look.ETag;
                problem = Report(source, look.Problem, problem);

                // A service without entity tags sends the same again and again; the pages need not be planned anew for it.
                if (!look.Bytes.IsEmpty && !look.Bytes.Span.SequenceEqual(taken.Span))
                {
                    taken = look.Bytes;
                    problem = Report(source, Take(source, look.Bytes), problem);
                }

                wait = look.Problem is null ? options.PollInterval : Min(wait * 1.5, options.PollInterval);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                logger.ManifestPollCrashed(exception, source.Service);
                wait = options.PollInterval;
            }

            // Spread, so that many gateways and services do not fall into step.
            await Task.Delay(wait * (1 + (0.1 * Random.Shared.NextDouble())), time, token);
        }
    }

    private async Task<ManifestClient.Look> LookAsync(ManifestSource source, string? etag, TimeSpan timeout, CancellationToken token)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, limit.Token);
        try
        {
            return await client.LookAsync(source, etag, either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return new(default, etag, false, $"no complete answer within {timeout.TotalMilliseconds:0} ms (Stitcher:Federation:PollTimeout)");
        }
    }

    private string? Take(ManifestSource source, ReadOnlyMemory<byte> bytes)
    {
        var manifest = StitcherManifest.Read(bytes, out var problems);
        foreach (var problem in problems)
        {
            logger.ManifestProblem(source.Service, problem.Code, problem.Subject, problem.Message);
        }

        if (manifest is null)
        {
            return "its content is no manifest";
        }

        logger.ManifestTaken(source.Service, manifest.Revision, manifest.Exposes.Length);
        state.Take(source.Service, manifest);
        return null;
    }

    // Said once when it begins, not on every look.
    private string? Report(ManifestSource source, string? problem, string? before)
    {
        if (problem is not null && problem != before)
        {
            logger.ManifestUnreadable(source.Service, problem);
        }

        return problem;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
