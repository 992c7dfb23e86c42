namespace Stitcher.Upstream;

/// <summary>Makes a complete answer of one whose headers have come, or says why it is none.</summary>
internal static class ResponseReader
{
    /// <param name="response">The answer; its headers are here.</param>
    /// <param name="terms">What it may be.</param>
    /// <param name="isConditional">The question said what is remembered; only then is "not modified" an answer to it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="token">Ends everything.</param>
    public static async ValueTask<UpstreamResponse> ReadAsync(
        HttpResponseMessage response, ResponseTerms terms, bool isConditional, TimeProvider time, CancellationToken token)
    {
        var status = (int)response.StatusCode;
        var verdict = ResponseContract.Judge(response, terms, isConditional);
        if (verdict.SpoilsConnection)
        {
            await ConnectionEnd.ForceAsync(response);
        }

        if (verdict.Failure != UpstreamFailure.None)
        {
            var retryAfter = response.Headers.NonValidated.TryGetValues("Retry-After", out var values) ? values.ToString() : null;
            return UpstreamResponse.Failed(verdict.Failure, verdict.Detail, status, retryAfter);
        }

        if (!verdict.HasBody)
        {
            return UpstreamResponse.From(response, null, 0, isHtml: false);
        }

        var body = await BodyReader.ReadAsync(response.Content, terms.BodyBytes, terms.BetweenBytes, time, token);
        switch (body.End)
        {
            case BodyEnd.TooLarge:
                await ConnectionEnd.ForceAsync(response);
                return UpstreamResponse.Failed(
                    UpstreamFailure.TooLarge, $"a body of {body.Length} bytes or more, at most {terms.BodyBytes} are taken (Stitcher:Limits:FragmentBytes)", status);
            case BodyEnd.Stalled:
                return UpstreamResponse.Failed(
                    UpstreamFailure.Timeout, $"no byte for {terms.BetweenBytes.TotalMilliseconds:0} ms behind the first {body.Length} (Stitcher:Limits:BetweenBytes)", status);
            default:
                return verdict.IsGzip
                    ? Decompress(response, body, verdict, terms)
                    : UpstreamResponse.From(response, body.Rented, (int)body.Length, isHtml: true, verdict.IsDoubtful);
        }
    }

    private static UpstreamResponse Decompress(HttpResponseMessage response, ReceivedBody body, ResponseContract.Verdict verdict, ResponseTerms terms)
    {
        var plain = GzipBody.Read(body.Rented, (int)body.Length, terms.BodyBytes, terms.CompressionRatio);
        body.Return();
        return plain.Problem is { } problem
            ? UpstreamResponse.Failed(plain.IsTooLarge ? UpstreamFailure.TooLarge : UpstreamFailure.Invalid, problem, (int)response.StatusCode)
            : UpstreamResponse.From(response, plain.Rented, plain.Length, isHtml: true, verdict.IsDoubtful);
    }
}
