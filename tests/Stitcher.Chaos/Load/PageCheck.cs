using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Stitcher.Chaos.Services;

namespace Stitcher.Chaos.Load;

/// <summary>Judges one page wholly: status, headers, layout, every slot, every fragment's own hash.</summary>
internal static partial class PageCheck
{
    /// <summary>What became of a page.</summary>
    /// <param name="Loss">Why it is lost.</param>
    /// <param name="Whole">A bit for each slot that shows its fragment.</param>
    /// <param name="Detail">What was seen.</param>
    public readonly record struct Verdict(Loss Loss, byte Whole, string? Detail);

    /// <summary>Judges a page.</summary>
    public static Verdict Judge(PageAnswer answer, PageExpectation expected)
    {
        if (!expected.Allows(answer.Kind, answer.Status))
        {
            return new(Loss.Status, 0, string.Create(CultureInfo.InvariantCulture, $"{answer.Status}"));
        }

        if (Complaint(answer) is { } header)
        {
            return new(Loss.Header, 0, header);
        }

        // A failed page whose primary has nothing to show in its place is the gateway's own error page.
        return answer.Status >= 500 && !Layouts.HasPrimaryFallback(answer.Kind) ? JudgeErrorPage(answer.Body) : JudgeComposed(answer, expected);
    }

    private static Verdict JudgeErrorPage(ReadOnlySpan<byte> body) =>
        body.StartsWith("<!doctype html>"u8) && body.TrimEnd((byte)'\n').EndsWith("</html>"u8)
            ? new(Loss.None, 0, null)
            : new(Loss.Shell, 0, "an error page that is no whole document");

    private static string? Complaint(PageAnswer answer) => answer switch
    {
        { Status: >= 500, RetryAfter: "" } => "an error without Retry-After",
        { Status: >= 500 } when !answer.CacheControl.Contains("no-store", StringComparison.Ordinal) => "an error that may be kept",
        { Kind: PageKind.Private } when !answer.CacheControl.Contains("private", StringComparison.Ordinal) && !answer.CacheControl.Contains("no-store", StringComparison.Ordinal) =>
            $"a private page with Cache-Control '{answer.CacheControl}'",
        _ => null,
    };

    private static Verdict JudgeComposed(PageAnswer answer, PageExpectation expected)
    {
        ReadOnlySpan<byte> body = answer.Body;
        if (!body.StartsWith("<!doctype html>"u8) || body.IndexOf(Layouts.Top) < 0 || !body.TrimEnd((byte)'\n').EndsWith(Layouts.End))
        {
            return new(Loss.Shell, 0, "the layout's beginning or end is missing");
        }

        // A page without slots lacks none.
        byte whole = (byte)(Layouts.Slots(answer.Kind) == 0 ? 0b1111 : 0);
        var at = body.IndexOf(Layouts.Top);
        for (var i = 0; i < Layouts.Slots(answer.Kind); i++)
        {
            var begin = body[at..].IndexOf(Layouts.SlotBegins[i]);
            var end = begin < 0 ? -1 : body[(at + begin)..].IndexOf(Layouts.SlotEnd);
            if (end < 0)
            {
                return new(Loss.Shell, whole, $"the place of {ServiceNames.All[i]} is missing");
            }

            var slot = body.Slice(at + begin, end)[Layouts.SlotBegins[i].Length..];
            at += begin + end;
            var state = StateOf(slot, i, answer.Id);
            if (state == SlotState.Damaged)
            {
                return new(Loss.Damaged, whole, $"{ServiceNames.All[i]}: {Shown(slot)}");
            }

            if (state == SlotState.Whole)
            {
                whole |= (byte)(1 << i);
            }
            else if (expected.DemandsSlot(i) || (state == SlotState.Missing && (i > 0 || Layouts.HasPrimaryFallback(answer.Kind))))
            {
                return new(Loss.Slot, whole, $"{ServiceNames.All[i]} ({state}): {Shown(slot)}");
            }
        }

        return answer.Kind == PageKind.Deploy && Mixture(answer.Body) is { } mixture ? new(Loss.Mixed, whole, mixture) : new(Loss.None, whole, null);
    }

    private static SlotState StateOf(ReadOnlySpan<byte> slot, int service, string id)
    {
        if (slot.StartsWith(Encoding.UTF8.GetBytes(FragmentText.Begin)))
        {
            return IsWhole(slot, ServiceNames.All[service], id) ? SlotState.Whole : SlotState.Damaged;
        }

        if (slot.SequenceEqual(Layouts.Fallbacks[service]))
        {
            return SlotState.Fallback;
        }

        return slot.StartsWith(Encoding.UTF8.GetBytes(FragmentText.HostileBegin)) ? SlotState.Hostile : SlotState.Missing;
    }

    private static bool IsWhole(ReadOnlySpan<byte> slot, string service, string id)
    {
        var tagEnd = slot.IndexOf((byte)'>');
        if (tagEnd < 0 || !slot.EndsWith("</section>"u8))
        {
            return false;
        }

        var tag = Encoding.UTF8.GetString(slot[..tagEnd]);
        var text = slot[(tagEnd + 1)..^"</section>"u8.Length];
        return tag.Contains($"data-of=\"{service}\"", StringComparison.Ordinal)
            && tag.Contains($"data-id=\"{id}\"", StringComparison.Ordinal)
            && tag.Contains($"data-hash=\"{FragmentText.HashOf(text)}\"", StringComparison.Ordinal);
    }

    private static string? Mixture(byte[] body)
    {
        var page = Encoding.UTF8.GetString(body);
        var shown = FragmentVersion().Matches(page).Select(match => $"{match.Groups[1].Value}-v{match.Groups[2].Value}").Order(StringComparer.Ordinal);
        var named = ModuleName().Matches(page).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal);
        var fragments = string.Join(' ', shown);
        var modules = string.Join(' ', named);
        return fragments == modules ? null : $"fragments {fragments}, modules {modules}";
    }

    private static string Shown(ReadOnlySpan<byte> slot) =>
        Encoding.UTF8.GetString(slot.Length <= 160 ? slot : slot[..160]).ReplaceLineEndings(" ");

    [GeneratedRegex("data-of=\"([a-z]+)\" data-id=\"[^\"]*\" data-version=\"([0-9]+)\"")]
    private static partial Regex FragmentVersion();

    [GeneratedRegex("<script[^>]*assets/([a-z]+-v[0-9]+)\\.js")]
    private static partial Regex ModuleName();
}
