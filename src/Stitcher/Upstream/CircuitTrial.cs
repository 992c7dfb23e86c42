using Polly;

namespace Stitcher.Upstream;

/// <summary>An attempt that a circuit runs if it lets it through.</summary>
internal sealed class CircuitTrial(Func<ResilienceContext, ValueTask<UpstreamResponse>> ask, UpstreamCall call)
{
    /// <summary>What came of it; null when it did not run.</summary>
    public UpstreamResponse? Response { get; private set; }

    public async ValueTask<Verdict> RunAsync(ResilienceContext context)
    {
        Response = await ask(context);
        return Verdicts.OnService(Response, call);
    }
}
