using System.Globalization;
using System.Text;
using Stitcher.Fetching;
using Stitcher.Parsing;
using Stitcher.Planning;

namespace Stitcher.Merging;

/// <summary>What caches may do with a page: the most careful of what its parts allow.</summary>
/// <param name="CacheControl">The header.</param>
/// <param name="ETag">A weak entity tag; null for a page that nobody may keep.</param>
/// <param name="Tags">The names by which a cache in front may purge it.</param>
/// <param name="Vary">The request headers that it may differ by.</param>
internal readonly record struct PageCaching(string CacheControl, string? ETag, string? Tags, string Vary = "Accept-Encoding")
{
    public static readonly PageCaching Nobody = new("private, no-store", null, null);

    // Headers beyond this are refused by proxies in front; a page of so many parts is purged as one.
    private const int MostTags = 100;
    private const int LongestTags = 8 * 1024;

    // More than most pages have.
    private const int PartsAtOnce = 32;

    /// <param name="plan">The page.</param>
    /// <param name="fetch">Its fragments, every one of them ready.</param>
    /// <param name="head">Its head.</param>
    /// <param name="time">The clock by which fragments are fresh.</param>
    public static PageCaching For(PagePlan plan, PageFetch fetch, MergedHead head, TimeProvider time)
    {
        if (plan.IsPersonal || plan.LongestFreshness == TimeSpan.Zero)
        {
            return Nobody;
        }

        var freshUntil = long.MaxValue;
        var tag = new PageTag(stackalloc UInt128[PartsAtOnce]);
        tag.Add(plan.Layout.Hash);
        tag.Add(head.Hash);
        if (!fetch.Topics.IsEmpty)
        {
            tag.Add(ContentHash.Of(fetch.Topics.Span));
        }

        for (var i = 0; i < plan.Slots.Length; i++)
        {
            if (!Take(fetch.ResultOf(i)!, ref tag, ref freshUntil))
            {
                return Nobody;
            }
        }

        var left = freshUntil == long.MaxValue ? plan.LongestFreshness : TimeSpan.FromSeconds((freshUntil - time.GetTimestamp()) / (double)time.TimestampFrequency);
        var seconds = (long)Math.Max(0, (left < plan.LongestFreshness ? left : plan.LongestFreshness).TotalSeconds);
        return new PageCaching(
            seconds == 0 ? "no-cache" : string.Create(CultureInfo.InvariantCulture, $"public, max-age={seconds}"),
            tag.Make(),
            TagsOf(plan, fetch),
            plan.Vary);
    }

    private static bool Take(FragmentResult result, ref PageTag tag, ref long freshUntil)
    {
        // What is shown in the place of a failure must not spread: whoever asks next may get the real thing. While a newer one is merely on its
        // way, the page is what it would have been a moment ago, with no time left.
        if (result.FreshUntil == 0 || result.Markup is null || result.HidesFailure || result.Outcome is SlotOutcome.Failed or SlotOutcome.FallbackFragment)
        {
            return false;
        }

        freshUntil = Math.Min(freshUntil, result.FreshUntil);
        tag.Add(result.Markup.Hash);
        foreach (var nested in result.Nested)
        {
            if (nested.IsPersonal || !Take(nested.Result, ref tag, ref freshUntil))
            {
                return false;
            }
        }

        return true;
    }

    private static string? TagsOf(PagePlan plan, PageFetch fetch)
    {
        StringBuilder? tags = null;
        var count = 0;
        for (var i = 0; i < plan.Slots.Length; i++)
        {
            if (fetch.ResultOf(i)!.Tags is { } own)
            {
                tags = (tags is null ? new StringBuilder() : tags.Append(' ')).Append(own);
                count += own.AsSpan().Count(' ') + 1;
            }
        }

        return tags is null ? null : count > MostTags || tags.Length > LongestTags ? "page:" + plan.Name : tags.ToString();
    }
}
