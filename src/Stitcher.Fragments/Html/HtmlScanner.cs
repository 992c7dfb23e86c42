namespace Stitcher.Fragments.Html;

/// <summary>Follows the literal parts of HTML just far enough to know where a hole stands.</summary>
internal struct HtmlScanner
{
    private string _element;
    private bool _isEndTag;
    private bool _isDeclaration;
    private bool _isAfterName;

    public HtmlScanner()
    {
        _element = "";
        Attribute = "";
    }

    public HtmlPosition Position { get; private set; }

    /// <value>The name of the attribute the position is in.</value>
    public string Attribute { get; private set; }

    /// <value>The name of the element whose tag or content the position is in.</value>
    public readonly string Element => _element;

    /// <summary>Takes one step at least; stops after a quote, so that the caller sees each attribute value begin and end.</summary>
    /// <returns>How many characters were taken.</returns>
    public int Advance(ReadOnlySpan<char> text) => Position switch
    {
        HtmlPosition.Text => TakeText(text),
        HtmlPosition.TextOnly or HtmlPosition.RawText => TakeUntilEndTag(text),
        HtmlPosition.TagName => TakeTagName(text),
        HtmlPosition.BetweenAttributes or HtmlPosition.AfterValue => TakeBetween(text),
        HtmlPosition.AttributeName => TakeAttributeName(text),
        HtmlPosition.BeforeValue => TakeBeforeValue(text),
        HtmlPosition.DoubleQuoted => TakeQuoted(text, '"'),
        HtmlPosition.SingleQuoted => TakeQuoted(text, '\''),
        HtmlPosition.Unquoted => TakeUnquoted(text),
        _ => TakeComment(text),
    };

    /// <summary>An optional attribute was written.</summary>
    public void PassAttribute() => (Position, _isAfterName) = (HtmlPosition.AfterValue, false);

    private int TakeText(ReadOnlySpan<char> text)
    {
        var open = text.IndexOf('<');
        if (open < 0)
        {
            return text.Length;
        }

        var rest = text[(open + 1)..];
        if (rest.IsEmpty)
        {
            Position = HtmlPosition.TagName;
            _element = "";
            return open + 1;
        }

        if (rest[0] is '!' or '?')
        {
            Position = HtmlPosition.Comment;
            _isDeclaration = !rest.StartsWith("!--");
            return open + (_isDeclaration ? 2 : 4);
        }

        _isEndTag = rest[0] == '/';
        var name = _isEndTag ? rest[1..] : rest;
        if (name.IsEmpty || char.IsAsciiLetter(name[0]))
        {
            Position = HtmlPosition.TagName;
            _element = "";
            return open + (_isEndTag ? 2 : 1);
        }

        return open + 1;
    }

    private int TakeTagName(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !IsSpace(text[length]) && text[length] is not ('/' or '>'))
        {
            length++;
        }

        _element = text[..length].ToString().ToLowerInvariant();
        if (length < text.Length)
        {
            Position = HtmlPosition.BetweenAttributes;
        }

        return length;
    }

    private int TakeBetween(ReadOnlySpan<char> text)
    {
        if (text[0] == '>')
        {
            LeaveTag();
            return 1;
        }

        if (_isAfterName && text[0] == '=')
        {
            Position = HtmlPosition.BeforeValue;
            _isAfterName = false;
            return 1;
        }

        if (IsSpace(text[0]) || text[0] == '/')
        {
            Position = HtmlPosition.BetweenAttributes;
            _isAfterName &= text[0] != '/';
            return 1;
        }

        Position = HtmlPosition.AttributeName;
        Attribute = "";
        return 0;
    }

    private int TakeAttributeName(ReadOnlySpan<char> text)
    {
        if (Attribute.Length == 0)
        {
            var length = 1;
            while (length < text.Length && !IsSpace(text[length]) && text[length] is not ('/' or '>' or '='))
            {
                length++;
            }

            Attribute = text[..length].ToString();
            return length;
        }

        // Blanks may stand between a name and its equals sign, and the text may end among them.
        _isAfterName = IsSpace(text[0]);
        Position = text[0] == '=' ? HtmlPosition.BeforeValue : HtmlPosition.BetweenAttributes;
        return _isAfterName || text[0] == '=' ? 1 : 0;
    }

    private int TakeBeforeValue(ReadOnlySpan<char> text)
    {
        switch (text[0])
        {
            case '"':
                Position = HtmlPosition.DoubleQuoted;
                return 1;
            case '\'':
                Position = HtmlPosition.SingleQuoted;
                return 1;
            case '>':
                LeaveTag();
                return 1;
            default:
                Position = IsSpace(text[0]) ? HtmlPosition.BeforeValue : HtmlPosition.Unquoted;
                return 1;
        }
    }

    private int TakeQuoted(ReadOnlySpan<char> text, char quote)
    {
        var end = text.IndexOf(quote);
        if (end < 0)
        {
            return text.Length;
        }

        // The text before the quote is a step of its own: the caller must see the value whole before it ends.
        if (end > 0)
        {
            return end;
        }

        Position = HtmlPosition.AfterValue;
        return 1;
    }

    private int TakeUnquoted(ReadOnlySpan<char> text)
    {
        if (text[0] == '>')
        {
            LeaveTag();
        }
        else if (IsSpace(text[0]))
        {
            Position = HtmlPosition.BetweenAttributes;
        }

        return 1;
    }

    private int TakeComment(ReadOnlySpan<char> text)
    {
        var end = _isDeclaration ? text.IndexOf('>') : text.IndexOf("-->");
        if (end < 0)
        {
            return text.Length;
        }

        Position = HtmlPosition.Text;
        return end + (_isDeclaration ? 1 : 3);
    }

    private int TakeUntilEndTag(ReadOnlySpan<char> text)
    {
        for (var start = 0; ; start++)
        {
            var open = text[start..].IndexOf('<');
            if (open < 0)
            {
                return text.Length;
            }

            start += open;
            var name = text[start..].StartsWith("</") ? text[(start + 2)..] : [];
            if (name.StartsWith(_element, StringComparison.OrdinalIgnoreCase)
                && name.Length > _element.Length
                && (IsSpace(name[_element.Length]) || name[_element.Length] is '/' or '>'))
            {
                _isEndTag = true;
                Position = HtmlPosition.TagName;
                return start + 2;
            }

            // In math and svg a textarea is an element like any other, and this the beginning of a tag: no place for a hole any more.
            Position = HtmlPosition.RawText;
        }
    }

    private void LeaveTag()
    {
        Position = _isEndTag ? HtmlPosition.Text
            : HtmlNames.IsRawText(_element) ? HtmlPosition.RawText
            : HtmlNames.IsTextOnly(_element) ? HtmlPosition.TextOnly
            : HtmlPosition.Text;
        _isEndTag = false;
    }

    private static bool IsSpace(char character) => character is ' ' or '\t' or '\n' or '\r' or '\f';
}
