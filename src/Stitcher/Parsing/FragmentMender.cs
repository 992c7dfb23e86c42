using System.Text.Unicode;
using Stitcher.Configuration;
using Kind = Stitcher.Parsing.FragmentMenderKind;

namespace Stitcher.Parsing;

/// <summary>
/// Writes the end tags that a fragment leaves out and takes out those that end nothing, where the standard leaves no doubt what is meant:
/// <c>&lt;li&gt;</c> ends the item before it, <c>&lt;/table&gt;</c> the cell and the row in it, the fragment's end whatever is open. Every parser does the same
/// with the bytes as they were sent; a tree costs fifteen times as much. Only what the scanner then proves is shown, so that nothing here bears on
/// containment. Formatting elements, which come to life again where another ends them, forms, drawings and selects end by their own tags alone.
/// </summary>
internal ref struct FragmentMender
{
    private readonly record struct Frame(int NameStart, int NameLength, Kind Kind);

    private const int MostDepth = 64;
    private const int NotOpen = -1;
    private const int InDoubt = -2;

    private readonly ReadOnlySpan<byte> _html;
    private readonly Span<Frame> _frames;
    private readonly FragmentMenderEdits _edits = new();
    private readonly TrustLevel _trust;
    private readonly bool _quirks;
    private int _at;
    private int _depth;

    private FragmentMender(ReadOnlySpan<byte> html, Span<Frame> frames, TrustLevel trust, bool quirks)
    {
        _html = html;
        _frames = frames;
        _trust = trust;
        _quirks = quirks;
    }

    /// <param name="body">The bytes as the service sent them.</param>
    /// <param name="origin">Who sent them.</param>
    /// <param name="context">Where they are shown.</param>
    /// <param name="limits">What the parse may cost.</param>
    /// <returns>The same tree with every element ended by its own end tag, proven to stay as it is; null when nothing is known.</returns>
    public static byte[]? Mend(ReadOnlySpan<byte> body, FragmentOrigin origin, SlotContext context, ParseLimits limits)
    {
        if (!context.Surroundings.IsKnown || body.IsEmpty || body[^1] == '\r' || !Utf8.IsValid(body))
        {
            return null;
        }

        var mender = new FragmentMender(body, stackalloc Frame[MostDepth], origin.Trust, context.Quirks);
        if (!mender.Run() || mender._edits.IsEmpty)
        {
            return null;
        }

        var mended = mender._edits.Apply(body);
        return FragmentScanner.Proves(mended, origin, context, limits) ? mended : null;
    }

    private bool Run()
    {
        while (_html[_at..].IndexOf((byte)'<') is >= 0 and var text)
        {
            _at += text;
            var rest = _html[(_at + 1)..];
            if (rest.IsEmpty)
            {
                return false;
            }

            var length = rest[0] switch
            {
                (byte)'/' => PassEndTag(rest[1..]),
                (byte)'!' => FragmentScanner.LengthOfComment(rest),
                _ => PassStartTag(rest),
            };
            if (length < 0)
            {
                return false;
            }

            _at += 1 + length;
        }

        _at = _html.Length;
        EndDownTo(0);
        return true;
    }

    private int PassStartTag(ReadOnlySpan<byte> tag)
    {
        var length = LengthOfName(tag);
        var name = tag[..length];
        if (length == 0 || FragmentScannerElement.Find(name) is not { } element)
        {
            return -1;
        }

        var attributes = FragmentScannerAttributes.Pass(tag[length..], _trust, out var endsItself);
        if (attributes < 0 || (endsItself && !element.MayCloseItself))
        {
            return -1;
        }

        var kind = FragmentMenderNames.KindOf(name, element);
        MakeRoomFor(kind);
        if (!endsItself && !element.IsVoid)
        {
            if (_depth == MostDepth)
            {
                return -1;
            }

            _frames[_depth++] = new Frame(_at + 1, length, kind);
        }

        return length + attributes;
    }

    private int PassEndTag(ReadOnlySpan<byte> tag)
    {
        var length = LengthOfName(tag);
        var name = tag[..length];
        var end = length;
        while (end < tag.Length && FragmentScannerAttributes.IsBlank(tag[end]))
        {
            end++;
        }

        if (length == 0 || end == tag.Length || tag[end] != '>' || FragmentScannerElement.Find(name) is not { IsVoid: false } element)
        {
            return -1;
        }

        var ended = _depth > 0 && NameOf(_frames[_depth - 1]).SequenceEqual(name) ? _depth - 1 : Find(name, FragmentMenderNames.KindOf(name, element));

        // Without the tag, what is on either side of it could grow together.
        if (ended == InDoubt || (ended == NotOpen && FragmentScanner.EndsOpen(_html[.._at])))
        {
            return -1;
        }

        if (ended == NotOpen)
        {
            _edits.TakeOut(_at, end + 3);
        }
        else
        {
            EndDownTo(ended + 1);
            _depth = ended;
        }

        return end + 2;
    }

    // What a start tag ends before it begins (HTML, 13.2.6.4.7 and what follows on tables).
    private void MakeRoomFor(Kind kind)
    {
        switch (kind)
        {
            case Kind.ListItem or Kind.Definition or Kind.Cell:
                EndNearest(kind);
                break;
            case Kind.Row:
                EndNearest(Kind.Cell);
                EndTop(Kind.Row);
                break;
            case Kind.Section:
                EndNearest(Kind.Cell);
                EndTop(Kind.Row);
                EndTop(Kind.Section);
                break;
        }

        if (kind is Kind.Block or Kind.Paragraph or Kind.Heading or Kind.ListItem or Kind.Definition || (kind == Kind.Table && !_quirks))
        {
            EndNearest(Kind.Paragraph);
        }

        if (kind == Kind.Heading)
        {
            EndTop(Kind.Heading);
        }
    }

    private void EndNearest(Kind kind)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            if (_frames[i].Kind == kind)
            {
                EndDownTo(i);
                return;
            }

            if (!EndsWith(_frames[i], kind))
            {
                return;
            }
        }
    }

    // What is ended with an element further out, when a start tag ends that one.
    private readonly bool EndsWith(Frame frame, Kind kind) => kind switch
    {
        Kind.Paragraph => frame.Kind == Kind.Ordinary,
        Kind.Cell => FragmentMenderNames.IsFlow(frame.Kind),
        _ => frame.Kind is Kind.Ordinary or Kind.Paragraph || NameOf(frame).SequenceEqual("div"u8) || NameOf(frame).SequenceEqual("address"u8),
    };

    private void EndTop(Kind kind)
    {
        if (_depth > 0 && _frames[_depth - 1].Kind == kind)
        {
            EndDownTo(_depth - 1);
        }
    }

    private readonly int Find(ReadOnlySpan<byte> name, Kind kind)
    {
        for (var i = _depth - 1; i >= 0; i--)
        {
            var frame = _frames[i];
            if (NameOf(frame).SequenceEqual(name))
            {
                return i;
            }

            if (!IsEndedBy(frame, kind))
            {
                // An element without rules is not ended across one that has some: its end tag counts for nothing there.
                return kind == Kind.Ordinary && FragmentMenderNames.IsFlow(frame.Kind) ? NotOpen : InDoubt;
            }
        }

        return kind is Kind.Ordinary or Kind.Block or Kind.Heading or Kind.ListItem or Kind.Definition ? NotOpen : InDoubt;
    }

    // Which open elements an end tag ends on its way to its own.
    private readonly bool IsEndedBy(Frame frame, Kind kind) => kind switch
    {
        Kind.Ordinary or Kind.Paragraph => frame.Kind == Kind.Ordinary,
        Kind.Block or Kind.Definition or Kind.Cell => FragmentMenderNames.IsFlow(frame.Kind),
        Kind.Heading => FragmentMenderNames.IsFlow(frame.Kind) && frame.Kind != Kind.Heading,
        Kind.ListItem => FragmentMenderNames.IsFlow(frame.Kind) && !NameOf(frame).SequenceEqual("ul"u8) && !NameOf(frame).SequenceEqual("ol"u8),
        Kind.Row => FragmentMenderNames.IsFlow(frame.Kind) || frame.Kind == Kind.Cell,
        Kind.Section => FragmentMenderNames.IsFlow(frame.Kind) || frame.Kind is Kind.Cell or Kind.Row,
        Kind.Table => FragmentMenderNames.IsFlow(frame.Kind) || frame.Kind is Kind.Cell or Kind.Row or Kind.Section,
        _ => false,
    };

    private void EndDownTo(int depth)
    {
        while (_depth > depth)
        {
            var frame = _frames[--_depth];
            _edits.PutEndTag(_at, frame.NameStart, frame.NameLength);
        }
    }

    private readonly ReadOnlySpan<byte> NameOf(Frame frame) => _html.Slice(frame.NameStart, frame.NameLength);

    private static int LengthOfName(ReadOnlySpan<byte> tag)
    {
        var length = 0;
        while (length < tag.Length && (char.IsAsciiLetterLower((char)tag[length]) || char.IsAsciiDigit((char)tag[length]) || tag[length] == '-'))
        {
            length++;
        }

        return length > 0 && char.IsAsciiLetterLower((char)tag[0]) ? length : 0;
    }
}
