namespace Stitcher.Upstream;

/// <summary>Whose fault an attempt's outcome is: the service's, its destination's, or nobody's.</summary>
internal static class Verdicts
{
    /// <summary>What the service's circuit learns. A refusal such as 404 or 429 is an answer; whatever breaks the contract is not.</summary>
    public static Verdict OnService(UpstreamResponse response, UpstreamCall call) => response.Failure switch
    {
        UpstreamFailure.None => Verdict.Well,
        UpstreamFailure.ClientGone or UpstreamFailure.Superseded or UpstreamFailure.NoDestination or UpstreamFailure.CircuitOpen or UpstreamFailure.Overloaded => Verdict.None,
        UpstreamFailure.Timeout => call.HadFairTime ? Verdict.Failed : Verdict.None,
        _ => Verdict.Failed,
    };

    /// <summary>What the destination's health learns. A wrong answer is the service's doing wherever it runs; a destination is to be reached and to serve.</summary>
    public static Verdict OnDestination(UpstreamResponse response, UpstreamCall call) => response.Failure switch
    {
        UpstreamFailure.None => Verdict.Well,
        UpstreamFailure.Connect or UpstreamFailure.Broken => Verdict.Failed,
        UpstreamFailure.Status => response.Status >= 500 ? Verdict.Failed : Verdict.Well,
        UpstreamFailure.Timeout => call.HadFairTime ? Verdict.Failed : Verdict.None,
        _ => Verdict.None,
    };
}
