using System.Text;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Tests.Merging;

/// <summary>What services answered, without asking them.</summary>
internal static class SlotResults
{
    public static FragmentResult Shows(string html, params HeadPart[] head) => new()
    {
        Outcome = SlotOutcome.Fresh,
        Status = 200,
        Markup = new Markup([new MarkupPiece(MarkupPieceKind.Literal, Encoding.UTF8.GetBytes(html))], [], []),
        Head = [.. head],
    };

    public static FragmentResult ShowsNothing { get; } = new() { Outcome = SlotOutcome.Empty, Status = 204, Markup = Markup.Empty };

    public static FragmentResult Fails(SlotFailure failure = SlotFailure.Timeout) => FragmentResult.Failing(failure, "for the test");

    public static FragmentResult Answers(int status, string? location = null, string? retryAfter = null) =>
        FragmentResult.Failing(SlotFailure.Answered, null, status, retryAfter) with { Location = location };

    public static PageFetch Of(PagePlan plan, params FragmentResult?[] results)
    {
        var fetch = new PageFetch(plan, CancellationToken.None);
        for (var i = 0; i < results.Length; i++)
        {
            fetch.Add(i, results[i] is { } result ? new ValueTask<FragmentResult>(result) : new ValueTask<FragmentResult>(new TaskCompletionSource<FragmentResult>().Task));
        }

        return fetch;
    }

    /// <summary>A head part whose HTML says its key.</summary>
    public static HeadPart Part(HeadPartKind kind, string key, string? html = null) => new(kind, key, Encoding.UTF8.GetBytes(html ?? $"[{key}]"));
}
