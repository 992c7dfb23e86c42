using Yarp.ReverseProxy.Model;

namespace Stitcher.Upstream;

/// <summary>One question on its way through the pipeline, with what its attempts must know of each other.</summary>
internal sealed class UpstreamCall(UpstreamRequest request, TimeSpan total, int limit, TimeProvider time, CancellationToken clientGone)
{
    private readonly long _start = time.GetTimestamp();

    public UpstreamRequest Request => request;

    public TimeSpan Total => total;

    public int Limit => limit;

    public CancellationToken ClientGone => clientGone;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public TimeSpan Remaining => total - Elapsed;

    public int Attempts { get; set; }

    /// <summary>Where the attempt before this one went; a second one goes elsewhere if it can.</summary>
    public DestinationState? Last { get; set; }
}
