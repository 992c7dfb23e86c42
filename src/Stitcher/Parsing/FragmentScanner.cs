using System.Buffers;
using System.Text.Unicode;
using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>
/// Proves in one pass, without allocating, that the parser would show a fragment by the very bytes its service sent: it stays in its
/// slot whole, no rule of trust takes anything out of it, no address is rewritten. The parser remains the authority on what HTML means;
/// whatever is unusual here is left to it. What is proven is also what no two browsers disagree about: every element has its own end
/// tag, none is closed, moved or ignored by another.
/// </summary>
internal ref struct FragmentScanner
{
    private readonly record struct Frame(int NameStart, int NameLength, FragmentScannerOpen Open, FragmentScannerContent Content);

    private const int MostDepth = 64;

    // The parser's own elements around and behind the slot count, too: each ancestor, and one that follows it.
    private const int ElementsOfTheProbe = 16;

    private static readonly SearchValues<byte> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\f' or '\r')).Select(c => (byte)c), 0x7F]);

    private readonly ReadOnlySpan<byte> _html;
    private readonly Span<Frame> _frames;
    private readonly TrustLevel _trust;
    private readonly int _mostDepth;
    private FragmentScannerOpen _open;
    private FragmentScannerContent _content = FragmentScannerContent.Flow;
    private int _elements;
    private int _at;
    private int _depth;

    private FragmentScanner(ReadOnlySpan<byte> html, Span<Frame> frames, FragmentOrigin origin, FragmentScannerPlace place, ParseLimits limits)
    {
        _html = html;
        _frames = frames;
        _trust = origin.Trust;
        _open = place.Open;
        _elements = limits.Elements - (2 * place.Ancestors) - ElementsOfTheProbe;

        // A table's rows may be one level deeper than they are written.
        _mostDepth = Math.Min(MostDepth, limits.Depth / 2);
    }

    /// <param name="body">The bytes as the service sent them.</param>
    /// <param name="origin">Who sent them.</param>
    /// <param name="context">Where they are shown.</param>
    /// <param name="limits">What the parse may cost.</param>
    /// <returns>True: parsing would give these bytes. False: nothing is known.</returns>
    public static bool Proves(ReadOnlySpan<byte> body, FragmentOrigin origin, SlotContext context, ParseLimits limits)
    {
        var place = context.Surroundings;
        if (!place.IsKnown || body.StartsWith("\uFEFF"u8) || body.ContainsAny(Controls) || EndsOpen(body) || !Utf8.IsValid(body))
        {
            return false;
        }

        return new FragmentScanner(body, stackalloc Frame[MostDepth], origin, place, limits).Run();
    }

    private bool Run()
    {
        while (true)
        {
            var rest = _html[_at..];
            var text = rest.IndexOf((byte)'<');
            var mayStand = (_content & FragmentScannerContent.OnlyBlanks) == 0 || IsBlank(text < 0 ? rest : rest[..text]);
            if (!mayStand || text < 0)
            {
                return mayStand && _depth == 0 && _elements >= 0;
            }

            _at += text + 1;
            if (_at >= _html.Length)
            {
                return false;
            }

            var passed = _html[_at] switch
            {
                (byte)'/' => PassEndTag(),
                (byte)'!' => PassComment(),
                _ => PassStartTag(),
            };
            if (!passed)
            {
                return false;
            }
        }
    }

    private bool PassStartTag()
    {
        var length = 0;
        var rest = _html[_at..];
        while (length < rest.Length && (char.IsAsciiLetterLower((char)rest[length]) || char.IsAsciiDigit((char)rest[length]) || rest[length] == '-'))
        {
            length++;
        }

        if (length == 0 || !char.IsAsciiLetterLower((char)rest[0]) || FragmentScannerElement.Find(rest[..length]) is not { } element)
        {
            return false;
        }

        var forbidden = (element.Home & _content) == 0 ? element.Forbids | element.ForbidsElsewhere : element.Forbids;
        if ((element.In & _content) == 0 || (_open & forbidden) != 0)
        {
            return false;
        }

        _elements -= element.MayImplyParent ? 2 : 1;
        var nameStart = _at;
        var attributes = FragmentScannerAttributes.Pass(rest[length..], _trust, out var closesItself);
        if (_elements < 0 || attributes < 0)
        {
            return false;
        }

        _at += length + attributes;
        if (closesItself || element.IsVoid)
        {
            return element.MayCloseItself;
        }

        if (_depth == _mostDepth)
        {
            return false;
        }

        _frames[_depth++] = new Frame(nameStart, length, _open, _content);
        _open |= element.Adds;
        _content = element.Inside;
        return true;
    }

    private bool PassEndTag()
    {
        if (_depth == 0)
        {
            return false;
        }

        ref readonly var frame = ref _frames[_depth - 1];
        var rest = _html[(_at + 1)..];
        if (!rest.StartsWith(_html.Slice(frame.NameStart, frame.NameLength)))
        {
            return false;
        }

        var end = frame.NameLength;
        while (end < rest.Length && FragmentScannerAttributes.IsBlank(rest[end]))
        {
            end++;
        }

        if (end == rest.Length || rest[end] != '>')
        {
            return false;
        }

        _at += end + 2;
        _open = frame.Open;
        _content = frame.Content;
        _depth--;
        return true;
    }

    private bool PassComment()
    {
        var length = _content == FragmentScannerContent.RawText ? -1 : LengthOfComment(_html[_at..]);
        _at += length;
        return length >= 0;
    }

    /// <param name="html">What follows a <c>&lt;</c>.</param>
    /// <returns>The bytes up to and with the comment's <c>&gt;</c>; -1 when it is none, or none that all parsers read alike.</returns>
    internal static int LengthOfComment(ReadOnlySpan<byte> html)
    {
        // One that begins with a question mark is a marker to some browsers.
        if (!html.StartsWith("!--"u8) || html.Length < 4 || html[3] == '?')
        {
            return -1;
        }

        var rest = html[3..];
        var end = rest.IndexOf("--"u8);
        return end < 0 || end + 2 >= rest.Length || rest[end + 2] != '>' || rest[0] == '>' || (rest[0] == '-' && rest[1] == '>')
            || FragmentScannerAttributes.EndsNoScript(rest[..end])
            ? -1
            : 3 + end + 3;
    }

    private static bool IsBlank(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \n\t\r\f"u8);

    /// <summary>Whether it ends in text that could grow together with the next bytes: "&amp;am" before "p;", or a carriage return before a line feed.</summary>
    internal static bool EndsOpen(ReadOnlySpan<byte> body)
    {
        var at = body.Length - 1;
        while (at >= 0 && (char.IsAsciiLetterOrDigit((char)body[at]) || body[at] == '#'))
        {
            at--;
        }

        return at >= 0 && (body[at] == '&' || body[^1] == '\r');
    }
}
