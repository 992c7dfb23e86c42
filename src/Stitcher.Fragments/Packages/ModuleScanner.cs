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
    private readonly Stack<Bracket> _open = new();
    private readonly SortedSet<string> _found = new(StringComparer.Ordinal);
    private ModuleText _text;
    private Before _before = Before.Operator;

    private ModuleScanner(ReadOnlySpan<char> module) => _text = new ModuleText(module);

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
        if (_text.Continues("#!"))
        {
            _text.SkipLine();
        }

        while (_text.SkipBlanks())
        {
            var character = _text.Current;
            if (ModuleText.IsName(character))
            {
                Name();
            }
            else if (character is '"' or '\'')
            {
                _text.SkipString();
                _before = Before.Value;
            }
            else if (character == '`')
            {
                _text.At++;
                Template();
            }
            else if (character == '/' && _before != Before.Value && _text.TrySkipRegex())
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
        _text.At++;
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
            case '+' or '-' when _text.At < _text.Length && _text.Current == character:
                // Behind a value it belongs to the value; before one no regular expression follows it anyway.
                _text.At++;
                break;
            default:
                _before = Before.Operator;
                break;
        }
    }

    /// <summary>Whether the brace just read opens statements and not an object.</summary>
    private readonly bool IsBlock()
    {
        var before = _text.At - 2;
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

        if (!ModuleText.IsName(_text[before]))
        {
            return false;
        }

        var start = before;
        while (start > 0 && ModuleText.IsName(_text[start - 1]))
        {
            start--;
        }

        return !BeginsExpression(_text.Between(start, before + 1));
    }

    private void Name()
    {
        var start = _text.At;
        _text.SkipName();

        var name = _text.Between(start, _text.At);
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
        if (!_text.SkipBlanks() || _text.Current is '(' or '.')
        {
            return;
        }

        if (_text.Current is '"' or '\'')
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
        if (!_text.SkipBlanks() || _text.Current is not ('*' or '{'))
        {
            return;
        }

        if (_text.Current == '{')
        {
            while (_text.SkipBlanks() && _text.Current != '}')
            {
                Step();
            }

            _text.At++;
            if (!_text.SkipBlanks() || !_text.Continues("from") || (_text.At + 4 < _text.Length && ModuleText.IsName(_text[_text.At + 4])))
            {
                return;
            }
        }

        From();
    }

    /// <summary>Goes to the <c>from</c> that a string follows; names may be called <c>from</c>, too.</summary>
    private void From()
    {
        while (_text.SkipBlanks() && _text.Current != ';')
        {
            var start = _text.At;
            Step();
            if (_text.Between(start, _text.At) is "from" && _text.SkipBlanks() && _text.Current is '"' or '\'')
            {
                Found();
                return;
            }
        }
    }

    /// <summary>One token of an import's or export's list.</summary>
    private void Step()
    {
        if (!_text.SkipBlanks())
        {
            return;
        }

        if (_text.Current is '"' or '\'')
        {
            _text.SkipString();
        }
        else if (ModuleText.IsName(_text.Current))
        {
            _text.SkipName();
        }
        else
        {
            _text.At++;
        }
    }

    private void Found()
    {
        var start = _text.At + 1;
        _text.SkipString();
        _before = Before.Operator;
        var isEnded = _text.At > start && _text[_text.At - 1] == _text[start - 1];
        var specifier = isEnded ? _text.Between(start, _text.At - 1) : default;
        if (!specifier.IsEmpty && !specifier.Contains('\\'))
        {
            _found.Add(specifier.ToString());
        }
    }

    private void Template()
    {
        while (_text.At < _text.Length && _text.Current != '`')
        {
            if (_text.Current == '$' && _text.At + 1 < _text.Length && _text[_text.At + 1] == '{')
            {
                _text.At += 2;
                _open.Push(new Bracket(true, Before.Value));
                _before = Before.Operator;
                return;
            }

            _text.At += _text.Current == '\\' ? 2 : 1;
        }

        _text.At = Math.Min(_text.At + 1, _text.Length);
        _before = Before.Value;
    }

    private static bool BeginsExpression(ReadOnlySpan<char> word) => word is "return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw"
        or "new" or "instanceof" or "yield" or "await" or "default" or "extends";
}
