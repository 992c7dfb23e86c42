namespace Stitcher.Fragments.Packages;

/// <summary>A place in the text of a module, and what can be gone over without knowing the grammar around it.</summary>
internal ref struct ModuleText(ReadOnlySpan<char> characters)
{
    private readonly ReadOnlySpan<char> _characters = characters;

    public int At { get; set; }

    public readonly int Length => _characters.Length;

    public readonly char Current => _characters[At];

    public readonly char this[int index] => _characters[index];

    public readonly ReadOnlySpan<char> Between(int start, int end) => _characters[start..end];

    public readonly bool Continues(ReadOnlySpan<char> with) => _characters[At..].StartsWith(with);

    /// <summary>Goes over letters, digits and what else a name is made of.</summary>
    public void SkipName()
    {
        while (At < _characters.Length && IsName(_characters[At]))
        {
            At++;
        }
    }

    /// <summary>Goes over blanks and comments; false at the end.</summary>
    public bool SkipBlanks()
    {
        while (At < _characters.Length)
        {
            if (char.IsWhiteSpace(_characters[At]) || _characters[At] == '\uFEFF')
            {
                At++;
            }
            else if (_characters[At..].StartsWith("//"))
            {
                SkipLine();
            }
            else if (_characters[At..].StartsWith("/*"))
            {
                var length = _characters[(At + 2)..].IndexOf("*/");
                At = length < 0 ? _characters.Length : At + length + 4;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public void SkipLine()
    {
        var length = _characters[At..].IndexOfAny('\n', '\r');
        At = length < 0 ? _characters.Length : At + length;
    }

    public static bool IsName(char character) => char.IsLetterOrDigit(character) || character is '_' or '$' or '\u200C' or '\u200D';

    /// <summary>Goes over a string, to its end or its line's.</summary>
    public void SkipString()
    {
        var quote = _characters[At++];
        while (At < _characters.Length && _characters[At] != quote && _characters[At] is not ('\n' or '\r'))
        {
            At += _characters[At] == '\\' ? 2 : 1;
        }

        At = Math.Min(At + 1, _characters.Length);
    }

    /// <summary>A slash that no other ends on its line divides.</summary>
    public bool TrySkipRegex()
    {
        var isInClass = false;
        for (var end = At + 1; end < _characters.Length && _characters[end] is not ('\n' or '\r'); end++)
        {
            switch (_characters[end])
            {
                case '\\':
                    end++;
                    break;
                case '[':
                    isInClass = true;
                    break;
                case ']':
                    isInClass = false;
                    break;
                case '/' when !isInClass:
                    At = end + 1;
                    SkipName();
                    return true;
                default:
                    break;
            }
        }

        return false;
    }
}
