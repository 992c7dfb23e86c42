using System.Globalization;
using System.Runtime.CompilerServices;
using Stitcher.Fragments.Html;

namespace Stitcher.Fragments;

/// <summary>Writes an interpolated string as HTML. Used by the compiler; see <see cref="FragmentMarkup.Html"/>.</summary>
[InterpolatedStringHandler]
public ref struct FragmentMarkupHandler
{
    private HtmlBuffer _buffer;
    private HtmlScanner _scanner;
    private int _valueStart;
    private bool _valueHasHole;

    /// <summary>Begins a string.</summary>
    /// <param name="literalLength">Characters of all literal parts together.</param>
    /// <param name="formattedCount">The number of holes.</param>
    public FragmentMarkupHandler(int literalLength, int formattedCount)
    {
        _buffer = new HtmlBuffer(literalLength + (formattedCount * 32));
        _scanner = new HtmlScanner();
    }

    /// <summary>Writes a literal part as it is.</summary>
    public void AppendLiteral(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var rest = value.AsSpan();
        while (!rest.IsEmpty)
        {
            var before = _scanner.Position;
            var taken = _scanner.Advance(rest);
            if (IsQuoted(before) && !IsQuoted(_scanner.Position))
            {
                CheckAddress();
            }

            _buffer.Write(rest[..taken]);
            rest = rest[taken..];
            if (!IsQuoted(before) && IsQuoted(_scanner.Position))
            {
                (_valueStart, _valueHasHole) = (_buffer.Length, false);
            }
        }
    }

    /// <summary>Encodes a text for the place it stands in.</summary>
    public void AppendFormatted(string? value)
    {
        Open(isNumber: false);
        _buffer.Encode(value);
    }

    /// <summary>Writes markup as it is. Only in text.</summary>
    public void AppendFormatted(FragmentMarkup? value)
    {
        OpenForMarkup();
        _buffer.Write(value is null ? [] : value.Utf8.Span);
    }

    /// <summary>Writes a list of markup as it is. Only in text.</summary>
    public void AppendFormatted(IEnumerable<FragmentMarkup>? value)
    {
        OpenForMarkup();
        foreach (var part in value ?? [])
        {
            _buffer.Write(part.Utf8.Span);
        }
    }

    /// <summary>Writes an attribute, or nothing. Only between attributes.</summary>
    public void AppendFormatted(FragmentAttribute? value)
    {
        OpenForAttributes();
        Write(value);
    }

    /// <summary>Writes several attributes, or nothing. Only between attributes.</summary>
    public void AppendFormatted(FragmentAttributes? value)
    {
        OpenForAttributes();
        var isFirst = true;
        foreach (var attribute in value?.All ?? [])
        {
            _buffer.Write(isFirst ? ""u8 : " "u8);
            isFirst = false;
            Write(attribute);
        }
    }

    /// <summary>Encodes a value for the place it stands in; numbers in the invariant culture, times as ISO 8601.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">A format of the value's own, or null.</param>
    public void AppendFormatted<T>(T value, string? format = null)
    {
        switch (value)
        {
            case null or string:
                AppendFormatted((string?)(object?)value);
                break;
            case FragmentAttribute attribute:
                AppendFormatted(attribute);
                break;
            case FragmentAttributes attributes:
                AppendFormatted(attributes);
                break;
            case FragmentMarkup markup:
                AppendFormatted(markup);
                break;
            case IEnumerable<FragmentMarkup> parts:
                AppendFormatted(parts);
                break;
            case System.Collections.IEnumerable or Task:
                throw new FormatException(
                    $"A {typeof(T).Name} cannot be written as HTML: pass a text, a number, FragmentMarkup or a list of FragmentMarkup.");
            case bool flag:
                AppendFormatted(flag ? "true" : "false");
                break;
            case IFormattable formattable:
                Open(IsNumber(value));
                _buffer.Encode(formattable.ToString(format ?? DefaultFormat(value), CultureInfo.InvariantCulture));
                break;
            default:
                AppendFormatted(value.ToString());
                break;
        }
    }

    internal byte[] Complete()
    {
        if (_scanner.Position != HtmlPosition.Text)
        {
            throw new FormatException(
                $"The markup ends inside {Describe()}. Close it: markup is put together from complete parts only.");
        }

        return _buffer.ToArrayAndRelease();
    }

    private static bool IsQuoted(HtmlPosition position) => position is HtmlPosition.DoubleQuoted or HtmlPosition.SingleQuoted;

    private static bool IsNumber<T>(T value) =>
        value is int or long or double or decimal or float or short or byte or uint or ulong or ushort or sbyte;

    // What the datetime attribute understands.
    private static string? DefaultFormat<T>(T value) => value switch
    {
        DateTime or DateTimeOffset => "yyyy-MM-ddTHH:mm:ssK",
        DateOnly => "yyyy-MM-dd",
        _ => null,
    };

    private void Open(bool isNumber)
    {
        if (_scanner.Position is HtmlPosition.Text or HtmlPosition.TextOnly)
        {
            return;
        }

        if (!IsQuoted(_scanner.Position))
        {
            throw Misplaced("a value", "Put it into text or into a quoted attribute.");
        }

        _valueHasHole = true;
        switch (HtmlNames.KindOf(_scanner.Attribute))
        {
            case HtmlAttributeKind.Code:
                throw Misplaced("a value", "Put it into a data-… attribute and let the module read it.");
            case HtmlAttributeKind.Style when !isNumber:
                throw Misplaced("a text", "Only numbers may stand in a style; use a class or a data-… attribute for the rest.");
        }
    }

    // Also for what is left out: what may follow must not depend on data.
    private void OpenForAttributes()
    {
        if (_scanner.Position != HtmlPosition.BetweenAttributes)
        {
            throw Misplaced("an attribute", "Put it inside a tag, with a space before it.");
        }

        _scanner.PassAttribute();
    }

    private void Write(FragmentAttribute? attribute)
    {
        if (attribute?.Value is not { } text)
        {
            return;
        }

        _buffer.Write(attribute.Name);
        if (text.Length > 0)
        {
            _buffer.Write("=\""u8);
            _buffer.Encode(text);
            _buffer.Write("\""u8);
        }
    }

    private void OpenForMarkup()
    {
        if (_scanner.Position != HtmlPosition.Text)
        {
            throw Misplaced("markup", "Markup belongs between tags.");
        }
    }

    // The value is judged when it is complete: two harmless holes can make one dangerous address.
    private void CheckAddress()
    {
        if (_valueHasHole
            && HtmlNames.KindOf(_scanner.Attribute) == HtmlAttributeKind.Address
            && !HtmlAddress.IsHarmlessEncoded(_buffer.From(_valueStart)))
        {
            _buffer.CutTo(_valueStart);
            _buffer.Write(HtmlAddress.Refused);
        }
    }

    private FormatException Misplaced(string what, string advice) =>
        new($"The place for {what} is inside {Describe()}, where encoding does not make it safe. {advice}");

    private readonly string Describe() => _scanner.Position switch
    {
        HtmlPosition.Text => "text",
        HtmlPosition.TextOnly or HtmlPosition.RawText => $"<{_scanner.Element}>",
        HtmlPosition.TagName => "a tag's name",
        HtmlPosition.BetweenAttributes or HtmlPosition.AfterValue => $"the tag <{_scanner.Element}>",
        HtmlPosition.AttributeName => "an attribute's name",
        HtmlPosition.BeforeValue or HtmlPosition.Unquoted => $"the unquoted attribute '{_scanner.Attribute}'",
        HtmlPosition.DoubleQuoted or HtmlPosition.SingleQuoted => $"the attribute '{_scanner.Attribute}'",
        _ => "a comment",
    };
}
