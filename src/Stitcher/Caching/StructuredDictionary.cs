using System.Buffers;
using System.Globalization;

namespace Stitcher.Caching;

/// <summary>
/// Reads a dictionary of structured fields (RFC 9651, section 4.2.2), with the strictness that it asks for: what is wrong anywhere is wrong
/// altogether. Of the values those are told that a cache's directives have: <see cref="bool"/> and <see cref="long"/>; others are checked
/// and told as null. Parameters are checked and dropped.
/// </summary>
internal ref struct StructuredDictionary
{
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-.*");
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~:/");

    private static readonly SearchValues<char> BinaryCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/=");

    private ReadOnlySpan<char> _rest;

    /// <returns>The members, of several of one name the last one; null when the text is no such dictionary.</returns>
    public static Dictionary<string, object?>? Parse(string text)
    {
        var reader = new StructuredDictionary { _rest = text.AsSpan().Trim(' ') };
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        while (!reader._rest.IsEmpty)
        {
            if (reader.ReadKey() is not { } key)
            {
                return null;
            }

            object? value = true;
            if ((reader.TakeIf('=') && !reader.ReadMember(out value)) || !reader.ReadParameters())
            {
                return null;
            }

            members[key] = value;
            reader._rest = reader._rest.TrimStart(" \t");
            if (reader._rest.IsEmpty)
            {
                return members;
            }

            if (!reader.TakeIf(','))
            {
                return null;
            }

            reader._rest = reader._rest.TrimStart(" \t");
            if (reader._rest.IsEmpty)
            {
                return null;
            }
        }

        return members;
    }

    private bool ReadMember(out object? value)
    {
        value = null;
        if (!TakeIf('('))
        {
            return ReadItem(out value);
        }

        while (true)
        {
            _rest = _rest.TrimStart(' ');
            if (TakeIf(')'))
            {
                return true;
            }

            if (!ReadItem(out _) || !ReadParameters() || _rest.IsEmpty || _rest[0] is not (' ' or ')'))
            {
                return false;
            }
        }
    }

    private bool ReadItem(out object? value)
    {
        value = null;
        return (_rest.IsEmpty ? '\0' : _rest[0]) switch
        {
            '?' => ReadBoolean(out value),
            '"' => ReadString(),
            '%' => ReadDisplayString(),
            ':' => ReadBinary(),
            '@' => TakeIf('@') && ReadNumber(out var date) && date is long,
            '-' or (>= '0' and <= '9') => ReadNumber(out value),
            '*' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => Take(_rest.IndexOfAnyExcept(TokenCharacters)),
            _ => false,
        };
    }

    private bool ReadBoolean(out object? value)
    {
        value = _rest.Length > 1 && _rest[1] is '0' or '1' ? _rest[1] == '1' : null;
        return value is not null && Take(2);
    }

    // At most fifteen digits, or twelve with one to three behind a point.
    private bool ReadNumber(out object? value)
    {
        value = null;
        var sign = TakeIf('-') ? -1 : 1;
        var digits = Digits();
        if (digits is 0 or > 15)
        {
            return false;
        }

        if (digits < _rest.Length && _rest[digits] == '.')
        {
            _rest = _rest[(digits + 1)..];
            return digits <= 12 && Digits() is var behind and >= 1 and <= 3 && Take(behind);
        }

        value = sign * long.Parse(_rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        return Take(digits);
    }

    private readonly int Digits()
    {
        var end = _rest.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? _rest.Length : end;
    }

    private bool ReadString()
    {
        for (var i = 1; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case '"':
                    return Take(i + 1);
                case '\\' when i + 1 < _rest.Length && _rest[i + 1] is '"' or '\\':
                    i++;
                    break;
                case '\\' or < ' ' or > '~':
                    return false;
            }
        }

        return false;
    }

    private bool ReadDisplayString()
    {
        var end = _rest.StartsWith("%\"") ? _rest[2..].IndexOf('"') : -1;
        return end >= 0 && !_rest[2..(end + 2)].ContainsAnyExceptInRange(' ', '~') && Take(end + 3);
    }

    private bool ReadBinary()
    {
        var end = _rest[1..].IndexOf(':');
        return end >= 0 && !_rest[1..(end + 1)].ContainsAnyExcept(BinaryCharacters) && Take(end + 2);
    }

    private bool ReadParameters()
    {
        while (TakeIf(';'))
        {
            _rest = _rest.TrimStart(' ');
            if (ReadKey() is null || (TakeIf('=') && !ReadItem(out _)))
            {
                return false;
            }
        }

        return true;
    }

    private string? ReadKey()
    {
        if (_rest.IsEmpty || _rest[0] is not ((>= 'a' and <= 'z') or '*'))
        {
            return null;
        }

        var end = _rest.IndexOfAnyExcept(KeyCharacters);
        var key = (end < 0 ? _rest : _rest[..end]).ToString();
        Take(end);
        return key;
    }

    private bool TakeIf(char character) => !_rest.IsEmpty && _rest[0] == character && Take(1);

    // All the rest when nothing else follows.
    private bool Take(int count)
    {
        _rest = count < 0 ? default : _rest[count..];
        return true;
    }
}
