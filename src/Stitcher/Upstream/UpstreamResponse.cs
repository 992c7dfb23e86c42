using System.Buffers;
using System.Collections.Immutable;
using System.Net;
using Stitcher.Federation;

namespace Stitcher.Upstream;

/// <summary>A service's complete answer, or the reason why there is none. Its body is rented: dispose it once.</summary>
internal sealed class UpstreamResponse : IDisposable
{
    // A header that holds one of these was written by no honest server. A tab is white space there.
    private static readonly SearchValues<char> Controls = SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c != '\t').Select(c => (char)c), '\x7F']);

    private byte[]? _rented;

    private UpstreamResponse(UpstreamFailure failure, string? detail)
    {
        Failure = failure;
        Detail = detail;
    }

    public UpstreamFailure Failure { get; }

    /// <summary>What was seen and what was expected, in words for an operator; null on success.</summary>
    public string? Detail { get; }

    public int Status { get; init; }

    /// <summary>The headers that are kept with what it says.</summary>
    public AnswerHeaders Headers { get; init; } = AnswerHeaders.None;

    /// <summary>The lines of <c>Set-Cookie</c>, as they came.</summary>
    public ImmutableArray<string> SetCookies { get; init; } = [];

    public bool SetsCookie => !SetCookies.IsEmpty;

    public string? Location { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>Of which parameters a 400 speaks.</summary>
    public string? Refused { get; init; }

    public bool IsHtml { get; init; }

    /// <summary>Nobody can tell whether it is whole, or what it says of keeping it: it is shown once and remembered by nobody.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Nobody was reached, while a destination works that was not asked: the same question may well be answered in the next moment.</summary>
    public bool MayPass { get; set; }

    public ReadOnlyMemory<byte> Body { get; private set; }

    public bool Succeeded => Failure == UpstreamFailure.None;

    public static UpstreamResponse Failed(UpstreamFailure failure, string? detail, int status = 0, string? retryAfter = null) =>
        new(failure, detail) { Status = status, RetryAfter = retryAfter };

    public static UpstreamResponse From(HttpResponseMessage message, byte[]? rented, int length, bool isHtml, bool isDoubtful = false)
    {
        var headers = message.Headers.NonValidated;
        return new UpstreamResponse(UpstreamFailure.None, null)
        {
            Status = (int)message.StatusCode,
            IsHtml = isHtml,
            Headers = AnswerHeaders.Of(message, ref isDoubtful),
            SetCookies = headers.TryGetValues("Set-Cookie", out var cookies) ? [.. cookies] : [],
            Location = Value(headers, "Location", ref isDoubtful),
            RetryAfter = Value(headers, "Retry-After", ref isDoubtful),
            Refused = message.StatusCode == HttpStatusCode.BadRequest ? Value(headers, FragmentHeaders.Refused, ref isDoubtful) : null,
            IsDoubtful = isDoubtful,
            _rented = rented,
            Body = rented is null ? default : rented.AsMemory(0, length),
        };
    }

    /// <summary>An answer that did not come through a client: what the reverse proxy fetched.</summary>
    /// <param name="status">The status.</param>
    /// <param name="body">The complete body.</param>
    /// <param name="link">Its <c>Link</c> header.</param>
    /// <param name="retryAfter">Its <c>Retry-After</c> header.</param>
    /// <param name="setCookies">Its lines of <c>Set-Cookie</c>.</param>
    public static UpstreamResponse Proxied(int status, ReadOnlyMemory<byte> body, string? link, string? retryAfter, ImmutableArray<string> setCookies) =>
        new(UpstreamFailure.None, null) { Status = status, IsHtml = true, Body = body, Headers = new AnswerHeaders { Link = link }, RetryAfter = retryAfter, SetCookies = setCookies };

    /// <summary>An answer that some gateway checked before and kept.</summary>
    /// <param name="status">The status.</param>
    /// <param name="isHtml">It has a body.</param>
    /// <param name="body">The complete body.</param>
    /// <param name="headers">What was kept of its headers.</param>
    public static UpstreamResponse Kept(int status, bool isHtml, ReadOnlyMemory<byte> body, AnswerHeaders headers) =>
        new(UpstreamFailure.None, null) { Status = status, IsHtml = isHtml, Body = body, Headers = headers };

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _rented, null) is { } rented)
        {
            Body = default;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    // A value with a control character is as good as none; what the rest of its answer says of keeping it is worth no more.
    /// <summary>A header's value, its lines joined; null when there is none, or none that can be believed.</summary>
    public static string? Value(System.Net.Http.Headers.HttpHeadersNonValidated headers, string name, ref bool isDoubtful)
    {
        if (!headers.TryGetValues(name, out var values))
        {
            return null;
        }

        var value = values.ToString();
        if (!value.AsSpan().ContainsAny(Controls))
        {
            return value;
        }

        isDoubtful = true;
        return null;
    }
}
