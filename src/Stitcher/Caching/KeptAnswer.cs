using Stitcher.Upstream;

namespace Stitcher.Caching;

/// <summary>
/// A checked answer as its service sent it, for a second level. Not compiled: whoever takes it out compiles and contains it as if it came
/// from the service, so that nothing that got into the second level by other ways can leave its slot.
/// </summary>
internal sealed record KeptAnswer
{
    /// <summary>200, 203, 204, 404 or 410.</summary>
    public required int Status { get; init; }

    /// <summary>It has a body of UTF-8 HTML.</summary>
    public required bool IsHtml { get; init; }

    /// <summary>The body, complete and without any coding.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// The headers that are kept. <see cref="AnswerHeaders.Age"/> among them is what the service said and is of no meaning here:
    /// <see cref="Age"/> is.
    /// </summary>
    public required AnswerHeaders Headers { get; init; }

    /// <summary>What it is, for purging; its tags are <see cref="AnswerHeaders.SurrogateKey"/>. The partition is always null.</summary>
    public required FragmentLabels Labels { get; init; }

    /// <summary>
    /// The time since its service made it: when it is put in, up to that moment; when it is taken out, with the time it spent in the
    /// second level added by that level's own clock. No gateway's wall clock counts.
    /// </summary>
    public required TimeSpan Age { get; init; }

    /// <summary>The time from the moment it was put in after which it is of no use to anybody, stale windows included.</summary>
    public required TimeSpan KeepFor { get; init; }
}
