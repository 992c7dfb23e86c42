using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stitcher.Configuration;
using Stitcher.Diagnostics;

namespace Stitcher.Manifests;

/// <summary>Looks at every service's manifest from time to time. A service that is down keeps its last good one.</summary>
internal sealed class ManifestPoller(
    FederationState state, ManifestClient client, ManifestIntake intake, RevisionFiles files, TimeProvider time, ILogger<ManifestPoller> logger) : BackgroundService, IAsyncDisposable
{
    // Until a service has been seen once, its slots show their own content: look again soon.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private const int FailuresOfAnOutage = 3;

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

    /// <summary>Returns when nothing is under way: no file is written for a gateway that is no more.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        await (ExecuteTask ?? Task.CompletedTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await files.EndAsync();
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
        string? refusal = null;
        ReadOnlyMemory<byte> taken = default;
        var failures = 0;
        var verdict = ManifestVerdict.Unchanged;
        var wait = FirstWait < options.PollInterval ? FirstWait : options.PollInterval;
        while (!token.IsCancellationRequested)
        {
            try
            {
                var look = await LookAsync(source, etag, options.PollTimeout, token);
                etag = look.ETag;
                problem = Report(source, look.Problem, problem);

                var bytes = look.Unchanged ? taken : look.Bytes;
                if (!bytes.IsEmpty && (!bytes.Span.SequenceEqual(taken.Span) || MayCountNow(source, bytes, verdict)))
                {
                    taken = bytes;
                    verdict = intake.Take(source, bytes, out refusal);
                    problem = Report(source, refusal, problem);
                }

                state.Tell(source.Service, look.Problem ?? refusal);
                failures = await NoteAsync(source, look.Problem is null, failures, token);
                wait = look.Problem is null ? options.PollInterval : Min(wait * 1.5, options.PollInterval);
            }
            catch (Exception exception) when (!token.IsCancellationRequested)
            {
                logger.ManifestPollCrashed(exception, source.Service);
                state.Tell(source.Service, "the look itself failed; the log says how");
                wait = options.PollInterval;
            }

            // Spread, so that many gateways and services do not fall into step.
            await Task.Delay(wait * (1 + (0.1 * Random.Shared.NextDouble())), time, token);
        }
    }

    // A service sends the same again and again, and the pages need not be planned anew for it. But an older revision counts by being seen again, what
    // spoilt the map may not do so any more, what waits may not have to, and somebody may have pushed another one in between.
    private bool MayCountNow(ManifestSource source, ReadOnlyMemory<byte> bytes, ManifestVerdict verdict) =>
        verdict is ManifestVerdict.Older or ManifestVerdict.MapRefused or ManifestVerdict.Held
        || (verdict is ManifestVerdict.Promoted or ManifestVerdict.Updated or ManifestVerdict.Unchanged
            && state.Find(source.Service) is { Current.Bytes: { IsEmpty: false } current } && !current.Span.SequenceEqual(bytes.Span));

    // A single look that fails says nothing about the files.
    private async Task<int> NoteAsync(ManifestSource source, bool isSeen, int failures, CancellationToken token)
    {
        var mayBeDown = !isSeen && failures + 1 >= FailuresOfAnOutage;
        var isUp = state.Find(source.Service) is not { } known || await files.KeepAsync(source, known, isSeen || !mayBeDown, token);
        failures = isSeen && isUp ? 0 : failures + 1;
        state.Note(source.Service, isSeen, isUp || failures < FailuresOfAnOutage);
        await intake.RememberAsync(source.Service);
        return failures;
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
