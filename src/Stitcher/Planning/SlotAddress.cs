using System.Collections.Immutable;

namespace Stitcher.Planning;

/// <summary>A stretch of a parameter's value: text, or a place that a request fills.</summary>
internal readonly record struct ValuePart(string? Text, ValueSource? Source);

/// <summary>A parameter of a slot: <c>category={query.category}</c>.</summary>
internal sealed record SlotParameter(string Name, ImmutableArray<ValuePart> Value)
{
    public bool IsFixed => Value.All(p => p.Source is null);
}

/// <summary>A slot's <c>src</c>, taken apart: <c>service/Fragment?name=value</c>.</summary>
internal sealed record SlotAddress(string Service, string Fragment, ImmutableArray<SlotParameter> Parameters)
{
    /// <returns>The address, or null and what is wrong with it.</returns>
    public static SlotAddress? Parse(string source, out string? problem)
    {
        problem = null;
        var question = source.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? source : source[..question];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == path.Length - 1 || !path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.') || path.IndexOf('/', slash + 1) >= 0)
        {
            problem = $"src=\"{source}\" is no address of a fragment; expected service/Fragment, with parameters behind a question mark, never a URL";
            return null;
        }

        var parameters = ImmutableArray.CreateBuilder<SlotParameter>();
        foreach (var pair in question < 0 ? [] : source[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = EqualsOutsidePlaces(pair);
            var name = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]);
            if (name.Length == 0 || name.Contains('{', StringComparison.Ordinal) || parameters.Any(p => p.Name == name))
            {
                problem = name.Length > 0 && !name.Contains('{', StringComparison.Ordinal)
                    ? $"src=\"{source}\" has the parameter '{name}' twice"
                    : $"src=\"{source}\" has a parameter without a name; expected name=value";
                return null;
            }

            if (ParseValue(equals < 0 ? "" : pair[(equals + 1)..], out problem) is not { } value)
            {
                problem = $"src=\"{source}\": {problem}";
                return null;
            }

            parameters.Add(new SlotParameter(name, value));
        }

        return new SlotAddress(path[..slash], path[(slash + 1)..], parameters.ToImmutable());
    }

    private static int EqualsOutsidePlaces(string pair)
    {
        var open = pair.IndexOf('{', StringComparison.Ordinal);
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return open >= 0 && equals > open ? -1 : equals;
    }

    private static ImmutableArray<ValuePart>? ParseValue(string value, out string? problem)
    {
        problem = null;
        var parts = ImmutableArray.CreateBuilder<ValuePart>();
        var at = 0;
        while (at < value.Length)
        {
            var open = value.IndexOf('{', at);
            var text = open < 0 ? value[at..] : value[at..open];
            if (text.Contains('}', StringComparison.Ordinal))
            {
                problem = "a '}' without its '{'";
                return null;
            }

            if (text.Length > 0)
            {
                parts.Add(new ValuePart(Uri.UnescapeDataString(text.Replace('+', ' ')), null));
            }

            if (open < 0)
            {
                break;
            }

            var close = value.IndexOf('}', open);
            if (close < 0 || ValueSource.Parse(value[(open + 1)..close]) is not { } source)
            {
                problem = close < 0
                    ? "a '{' without its '}'"
                    : $"'{value[open..(close + 1)]}' is no place; expected {{name}} for a route value, {{query.name}}, {{cookie.name}} or {{user.claim}}, with =default if wanted";
                return null;
            }

            parts.Add(new ValuePart(null, source));
            at = close + 1;
        }

        return parts.ToImmutable();
    }
}
