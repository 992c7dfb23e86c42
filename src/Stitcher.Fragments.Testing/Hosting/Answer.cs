using System.Diagnostics;
using System.Net;
using System.Text;
using Stitcher.Parsing;
using Stitcher.Upstream;

namespace Stitcher.Fragments.Testing.Hosting;

/// <summary>An answer to the last byte, read as a gateway reads it.</summary>
internal sealed record Answer
{
    public required HttpStatusCode Status { get; init; }

    public required byte[] Body { get; init; }

    public required string Html { get; init; }

    public required string ContentType { get; init; }

    public required bool SetsCookie { get; init; }

    public required bool SaysHowLong { get; init; }

    /// <value>The headers that say how long it may be kept, and what belongs to the page's head.</value>
    public required AnswerHeaders Headers { get; init; }

    /// <value>One of them is there twice, or cannot be read.</value>
    public required bool IsDoubtful { get; init; }

    public required IReadOnlyDictionary<string, string> AllHeaders { get; init; }

    public required TimeSpan Took { get; init; }

    public bool IsHtml => ContentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    /// <value>True for a document with a head of its own, false for bare markup.</value>
    public bool IsDocument => StartOfDocument.IsAt(Html);

    public static async Task<Answer> OfAsync(HttpClient client, Question question, CancellationToken ct, string? etag = null)
    {
        using var request = question.ToRequest();
        if (etag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", etag);
        }

        var begin = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(request, ct);
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        var took = Stopwatch.GetElapsedTime(begin);
        var isDoubtful = false;
        return new Answer
        {
            Status = response.StatusCode,
            Body = body,
            Html = Encoding.UTF8.GetString(body),
            ContentType = response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : "",
            SetsCookie = response.Headers.NonValidated.Contains("Set-Cookie"),
            SaysHowLong = response.Headers.NonValidated.Contains("Cache-Control") || response.Headers.NonValidated.Contains("Surrogate-Control")
                || response.Headers.NonValidated.Contains(Federation.FragmentHeaders.CacheControl) || response.Content.Headers.NonValidated.Contains("Expires"),
            Headers = AnswerHeaders.Of(response, ref isDoubtful),
            IsDoubtful = isDoubtful,
            AllHeaders = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)
                .GroupBy(static header => header.Key, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(static header => header.Key, static header => string.Join(", ", header.SelectMany(static values => values.Value)), StringComparer.OrdinalIgnoreCase),
            Took = took,
        };
    }
}
