using System.Collections.Immutable;

namespace Stitcher.Fragments.Packages;

/// <summary>Finds what an ES module imports statically, without running or fully parsing it.</summary>
/// <remarks>
/// Written by hand because a service reads its files as they lie on its disk when it starts, where neither Node nor its lexers are. It knows
/// strings, templates, comments and regular expressions, and looks for <c>import</c> and <c>export … from</c> outside of all brackets, the only place
/// where the language allows them. What it misses costs a browser a round trip, never a page.
/// </remarks>
internal ref struct ModuleScanner
{
    private readonly ReadOnlySpan<char> _text;
    private readonly Stack<Bracket> _open = new();
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private int _at;
    private Before _before = Before.Operator;

    private ModuleScanner(ReadOnlySpan<char> text) => _text = text;

    /// <summary>What the last token was, as far as it decides whether a slash divides or begins a regular expression.</summary>
    private enum Before
    {
        Operator,
        Value,
        Condition,
    }

    /// <param name="IsTemplate">It is the hole of a template, whose text goes on behind it.</param>
    /// <param name="After">What a slash behind its end means.</param>
    private readonly record struct Bracket(bool IsTemplate, Before After);

    /// <summary>The specifiers as they stand in the text, each once, in ordinal order. Those written with escapes are left out.</summary>
    public static ImmutableArray<string> Imports(ReadOnlySpan<char> module)
    {
        var scanner = new ModuleScanner(module);
        scanner.Scan();
        return [.. scanner._found];
    }

    private void Scan()
    {
        if (_text.StartsWith("#!"))
        {
            SkipLine();
        }

        while (SkipBlanks())
        {
            var character = _text[_at];
            if (IsName(character))
            {
                Name();
            }
            else if (character is '"' or '\'')
            {
                String();
                _before = Before.Value;
            }
            else if (character == '`')
            {
                _at++;
                Template();
            }
            else if (character == '/' && _before != Before.Value && TryRegex())
            {
                _before = Before.Value;
            }
            else
            {
                Punctuation(character);
            }
        }
    }

    private void Punctuation(char character)
    {
        _at++;
        switch (character)
        {
            case '(':
                _open.Push(new Bracket(false, _before == Before.Condition ? Before.Operator : Before.Value));
                _before = Before.Operator;
                break;
            case '[':
                _open.Push(new Bracket(false, Before.Value));
                _before = Before.Operator;
                break;
            case '{':
                _open.Push(new Bracket(false, IsBlock() ? Before.Operator : Before.Value));
                _before = Before.Operator;
                break;
            case ')' or ']' or '}':
                var closed = _open.Count > 0 ? _open.Pop() : default;
                if (closed.IsTemplate)
                {
                    Template();
                }
                else
                {
                    _before = closed.After;
                }

                break;
            case '+' or '-' when _at < _text.Length && _text[_at] == character:
                // Behind a value it belongs to the value; before one no regular expression follows it anyway.
                _at++;
                break;
            default:
                _before = Before.Operator;
                break;
        }
    }

    /// <summary>Whether the brace just read opens statements and not an object.</summary>
    private readonly bool IsBlock()
    {
        var before = _at - 2;
        while (before >= 0 && char.IsWhiteSpace(_text[before]))
        {
            before--;
        }

        if (before < 0 || _text[before] is ')' or ';' or '{' or '}')
        {
            return true;
        }

        if (_text[before] == '>')
        {
            return before > 0 && _text[before - 1] == '=';
        }

        if (!IsName(_text[before]))
        {
            return false;
        }

        var start = before;
        while (start > 0 && IsName(_text[start - 1]))
        {
            start--;
        }

        return !BeginsExpression(_text[start..(before + 1)]);
    }

    private void Name()
    {
        var start = _at;
        while (_at < _text.Length && IsName(_text[_at]))
        {
            _at++;
        }

        var name = _text[start.._at];
        var isProperty = start > 0 && _text[start - 1] is '.' or '#' && !(start > 2 && _text[start - 2] == '.');
        if (isProperty)
        {
            _before = Before.Value;
            return;
        }

        if (_open.Count == 0 && name is "import" or "export")
        {
            if (name is "import")
            {
                Import();
            }
            else
            {
                Export();
            }

            return;
        }

        _before = name is "if" or "while" or "for" or "with" ? Before.Condition : BeginsExpression(name) ? Before.Operator : Before.Value;
    }

    private void Import()
    {
        _before = Before.Value;
        if (!SkipBlanks() || _text[_at] is '(' or '.')
        {
            return;
        }

        if (_text[_at] is '"' or '\'')
        {
            Found();
        }
        else
        {
            From();
        }
    }

    private void Export()
    {
        _before = Before.Operator;
        if (!SkipBlanks() || _text[_at] is not ('*' or '{'))
        {
            return;
        }

        if (_text[_at] == '{')
        {
            while (SkipBlanks() && _text[_at] != '}')
            {
                Step();
            }

            _at++;
            if (!SkipBlanks() || !_text[_at..].StartsWith("from") || (_at + 4 < _text.Length && IsName(_text[_at + 4])))
            {
                return;
            }
        }

        From();
    }

    /// <summary>Goes to the <c>from</c> that a string follows; names may be called <c>from</c>, too.</summary>
    private void From()
    {
        while (SkipBlanks() && _text[_at] != ';')
        {
            var start = _at;
            Step();
            if (_text[start.._at] is "from" && SkipBlanks() && _text[_at] is '"' or '\'')
            {
                Found();
                return;
            }
        }
    }

    /// <summary>One token of an import's or export's list.</summary>
    private void Step()
    {
        if (!SkipBlanks())
        {
            return;
        }

        if (_text[_at] is '"' or '\'')
        {
            String();
        }
        else if (IsName(_text[_at]))
        {
            while (_at < _text.Length && IsName(_text[_at]))
            {
                _at++;
            }
        }
        else
        {
            _at++;
        }
    }

    private void Found()
    {
        var start = _at + 1;
        String();
        _before = Before.Operator;
        var isEnded = _at > start && _text[_at - 1] == _text[start - 1];
        var specifier = isEnded ? _text[start..(_at - 1)] : default;
        if (!specifier.IsEmpty && !specifier.Contains('\\'))
        {
            _found.Add(specifier.ToString());
        }
    }

    private void String()
    {
        var quote = _text[_at++];
        while (_at < _text.Length && _text[_at] != quote && _text[_at] is not ('\n' or '\r'))
        {
            _at += _text[_at] == '\\' ? 2 : 1;
        }

        _at = Math.Min(_at + 1, _text.Length);
    }

    private void Template()
    {
        while (_at < _text.Length && _text[_at] != '`')
        {
            if (_text[_at] == '$' && _at + 1 < _text.Length && _text[_at + 1] == '{')
            {
                _at += 2;
                _open.Push(new Bracket(true, Before.Value));
                _before = Before.Operator;
                return;
            }

            _at += _text[_at] == '\\' ? 2 : 1;
        }

        _at = Math.Min(_at + 1, _text.Length);
        _before = Before.Value;
    }

    /// <summary>A slash that no other ends on its line divides.</summary>
    private bool TryRegex()
    {
        var isInClass = false;
        for (var end = _at + 1; end < _text.Length && _text[end] is not ('\n' or '\r'); end++)
        {
            switch (_text[end])
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
                    _at = end + 1;
                    while (_at < _text.Length && IsName(_text[_at]))
                    {
                        _at++;
                    }

                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    /// <summary>Goes over blanks and comments; false at the end.</summary>
    private bool SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(_text[_at]) || _text[_at] == '\uFEFF')
            {
                _at++;
            }
            else if (_text[_at..].StartsWith("//"))
            {
                SkipLine();
            }
            else if (_text[_at..].StartsWith("/*"))
            {
                var length = _text[(_at + 2)..].IndexOf("*/");
                _at = length < 0 ? _text.Length : _at + length + 4;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    private void SkipLine()
    {
        var length = _text[_at..].IndexOfAny('\n', '\r');
        _at = length < 0 ? _text.Length : _at + length;
    }

    private static bool IsName(char character) => char.IsLetterOrDigit(character) || character is '_' or '$' or '\u200C' or '\u200D';

    private static bool BeginsExpression(ReadOnlySpan<char> word) => word is "return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw"
        or "new" or "instanceof" or "yield" or "await" or "default" or "extends";
}
