using System.Threading.RateLimiting;
using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>One question on its way through the pipeline, with what its attempts must know of each other.</summary>
/// <param name="request">What to ask for.</param>
/// <param name="total">The time it has.</param>
/// <param name="own">The time it has when nothing else takes from it: an outer fragment, or what stood in its place before.</param>
/// <param name="terms">What the answer may be.</param>
/// <param name="time">The clock.</param>
/// <param name="clientGone">Fires when nobody waits any more.</param>
internal sealed class UpstreamCall(UpstreamRequest request, TimeSpan total, TimeSpan own, ResponseTerms terms, TimeProvider time, CancellationToken clientGone)
{
    private readonly long _start = time.GetTimestamp();
    private int _attempts;

    public UpstreamRequest Request => request;

    public TimeSpan Total => total;

    /// <summary>What the answer may be.</summary>
    public ResponseTerms Terms => terms;

    /// <summary>What the gateway holds already.</summary>
    public Validators Known { get; init; }

    public CancellationToken ClientGone => clientGone;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public TimeSpan Remaining => total - Elapsed;

    /// <summary>At least half of its own time: less says nothing about who did not answer in it.</summary>
    public bool HadFairTime => total * 2 >= own;

    public int Attempts => _attempts;

    /// <summary>Where the attempt before this one went; a second one goes elsewhere if it can.</summary>
    public DestinationState? Last { get; set; }

    /// <summary>What the first attempt gave, when a second one is made.</summary>
    public UpstreamResponse? First { get; set; }

    /// <summary>The second attempt is counted among those on their way.</summary>
    public bool HoldsRetry { get; set; }

    /// <summary>The bound on questions, held by an attempt beside the first.</summary>
    public RateLimitLease? HedgeLease { get; set; }

    /// <summary>It was looked at once whether it may be asked a second time beside the first, and it may not.</summary>
    public bool MayNotHedge { get; set; }

    /// <summary>One of two attempts that are on their way together has an answer.</summary>
    public bool IsAnswered { get; set; }

    /// <summary>How many attempts are unfinished; two only while one is beside the other.</summary>
    public int Unfinished;

    /// <summary>Counts one more attempt.</summary>
    /// <returns>Its number, from 1.</returns>
    public int BeginAttempt() => Interlocked.Increment(ref _attempts);
}
