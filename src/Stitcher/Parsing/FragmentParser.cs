using System.Collections.Immutable;
using System.Text;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Parser;

namespace Stitcher.Parsing;

/// <summary>
/// Compiles a fragment's bytes for the place it is shown in. A fragment that already stays in its slot and breaks no rule is shown by
/// its own bytes; any other is repaired, cleaned and written anew, or refused with a reason.
/// </summary>
internal sealed class FragmentParser(TimeProvider time)
{
    /// <summary>Compiles a fragment that stays as it is, in microseconds and on the caller's thread.</summary>
    /// <returns>False when that is not proven; then <see cref="Parse"/> decides.</returns>
    public static bool TryProve(ReadOnlySpan<byte> body, FragmentOrigin origin, SlotContext context, ParseLimits limits, out MarkupResult result)
    {
        if (!FragmentScanner.Proves(body, origin, context, limits))
        {
            result = default;
            return false;
        }

        result = AsWritten(body.ToArray());
        return true;
    }

    /// <summary>Compiles a fragment that lacks nothing but end tags, or has some too many, on the caller's thread as well.</summary>
    /// <inheritdoc cref="TryProve"/>
    public static bool TryMend(ReadOnlySpan<byte> body, FragmentOrigin origin, SlotContext context, ParseLimits limits, out MarkupResult result)
    {
        var mended = FragmentMender.Mend(body, origin, context, limits);
        result = mended is null ? default : AsWritten(mended);
        return mended is not null;
    }

    /// <param name="body">The bytes as the service sent them.</param>
    /// <param name="origin">Who sent them.</param>
    /// <param name="context">Where they are shown.</param>
    /// <param name="limits">What the parse may cost.</param>
    public MarkupResult Parse(ReadOnlyMemory<byte> body, FragmentOrigin origin, SlotContext context, ParseLimits limits)
    {
        var bytes = body[(body.Length - StrictUtf8.WithoutByteOrderMark(body.Span).Length)..];
        if (!StrictUtf8.TryDecode(bytes.Span, out var text, out var problem))
        {
            return MarkupResult.Refused($"encoding: {problem}, expected UTF-8 text");
        }

        try
        {
            var budget = new ParseBudget(limits, time, context.Depth);
            var slots = origin.Nested ? NestedSlots.Find(text, budget) : null;
            if (slots is not null)
            {
                text = slots.Skeleton;
                bytes = Encoding.UTF8.GetBytes(text);
            }

            var rules = new TrustRules(origin, new AddressRewriter(origin));
            if (context.InHead || StartOfDocument.IsAt(text))
            {
                return Finish(ParseDocument(text, context, new HeadReader(origin), rules, budget));
            }

            var literal = ParseBare(text, bytes, context, rules, budget);
            return Finish(new Markup([new MarkupPiece(MarkupPieceKind.Literal, literal)], [], []) { Inline = rules.Inline });

            MarkupResult Finish(Markup markup) => MarkupResult.Of(slots is null
                ? markup
                : slots.Cut(markup, context, (content, around) => ParseBare(content, Encoding.UTF8.GetBytes(content), around, rules, budget)) with { Inline = rules.Inline, Labels = markup.Labels });
        }
        catch (ParseRefusedException refusal)
        {
            return MarkupResult.Refused(refusal.Message, refusal.Lasts);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The parser has defects of its own: with a select around it, "<applet>" makes it throw. To the page it is one more refusal.
            return MarkupResult.Refused($"context: the parser cannot read the fragment in <{context.Innermost}> ({exception.GetType().Name})");
        }
    }

    private static MarkupResult AsWritten(byte[] html) => MarkupResult.Of(new Markup([new MarkupPiece(MarkupPieceKind.Literal, html)], [], []));

    private static Markup ParseDocument(string text, SlotContext context, HeadReader heads, TrustRules rules, ParseBudget budget)
    {
        // In the page's mode, not in its own: a fragment without a doctype would be read as quirks that the page does not have.
        var start = (context.Quirks ? "" : "<!DOCTYPE html>") + (context.InHead ? "<head>" : "");
        var tags = new TagTree(null, null, SlotContext.Body);
        var document = ParserWithoutFrames.With(budget.Watch(tags)).ParseDocument(string.Concat(start, text).AsMemory());
        budget.Inspect(document);
        var head = heads.Read(document.Head!);
        if (!IsContained(head, budget))
        {
            throw new ParseRefusedException("head: a script or style in it has no end that a browser would respect");
        }

        if (context.InHead || document.Body is not { } body)
        {
            return new Markup([], [], head) { Labels = DocumentLabels.Of(document) };
        }

        if (body.LocalName == "frameset")
        {
            throw new ParseRefusedException("element: <frameset> has no place in a page");
        }

        if (tags.FirstLost(document) is { } lost)
        {
            throw new ParseRefusedException($"context: <{lost}> has no place where the document has it, it would be lost");
        }

        Clean(body, rules, budget);
        var literal = Write(body, context, rules, budget);
        return new Markup([new MarkupPiece(MarkupPieceKind.Literal, literal)], [], head) { Inline = rules.Inline, Labels = DocumentLabels.Of(document) };
    }

    private static bool IsContained(ImmutableArray<HeadPart> head, ParseBudget budget) =>
        head.Length == 0
        || ContainmentProbe.For(SlotContext.Head).Contain(string.Concat(head.Select(part => Encoding.UTF8.GetString(part.Html.Span))), budget) is { IsAsWritten: true };

    private static ReadOnlyMemory<byte> ParseBare(string text, ReadOnlyMemory<byte> bytes, SlotContext context, TrustRules rules, ParseBudget budget)
    {
        var probe = ContainmentProbe.For(context);
        var contained = EndsOpen(text) ? null : probe.Contain(text, budget);
        var fragment = contained?.Fragment ?? probe.Repair(text, budget);
        return Clean(fragment, rules, budget) || contained is not { IsAsWritten: true } ? Write(fragment, context, rules, budget) : bytes.ToArray();
    }

    private static byte[] Write(INode fragment, SlotContext context, TrustRules rules, ParseBudget budget)
    {
        using var writer = new StringWriter();
        foreach (var node in fragment.ChildNodes)
        {
            node.ToHtml(writer, HtmlMarkupFormatter.Instance);
        }

        var html = writer.ToString();
        var bytes = Encoding.UTF8.GetBytes(html);
        if (ReadsBack(html) && FragmentScanner.Proves(bytes, rules.Origin, context, budget.Limits))
        {
            return bytes;
        }

        budget.LookAtTheClock();
        if (ContainmentProbe.For(context).Contain(html, budget) is not { IsAsWritten: true } written)
        {
            throw new ParseRefusedException($"context: the fragment cannot stand in <{context.Innermost}> without changing the page around it");
        }

        // Some trees, with math or svg in them, become others when they are written and read; what was text when it was judged is alive then.
        return DocumentTree.ShapeOf(written.Fragment) == DocumentTree.ShapeOf(fragment)
            ? bytes
            : throw new ParseRefusedException("unstable: written down and read again, the fragment is another");
    }

    // Whether tags that say a tree say the one they were written from: carriage returns are read as line ends, and the line end
    // that one of these elements begins with is not read at all.
    private static bool ReadsBack(string html) =>
        !html.Contains('\r', StringComparison.Ordinal)
        && !html.Contains("<pre", StringComparison.Ordinal)
        && !html.Contains("<textarea", StringComparison.Ordinal);

    private static bool Clean(INode fragment, TrustRules rules, ParseBudget budget)
    {
        budget.LookAtTheClock();
        var changed = false;
        foreach (var node in DocumentTree.Descendants(fragment).ToList())
        {
            if (node is IElement element)
            {
                changed |= rules.Apply(element);
            }
            else if (node is IComment comment && !TrustRules.MayStay(comment))
            {
                comment.Parent!.RemoveChild(comment);
                changed = true;
            }
        }

        return changed;
    }

    // Text that could grow together with the layout's next bytes: "&am" before "p;", or "<" before "b>".
    private static bool EndsOpen(string text)
    {
        var at = text.Length - 1;
        while (at >= 0 && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '#'))
        {
            at--;
        }

        return at >= 0 && (text[at] == '&' || text[^1] is '<' or '\r');
    }
}
