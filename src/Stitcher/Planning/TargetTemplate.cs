using System.Collections.Immutable;
using System.Text;

namespace Stitcher.Planning;

/// <summary>
/// A fragment's path and query on its service, with the values of one slot in their places: decided ahead, filled per request.
/// </summary>
internal sealed class TargetTemplate
{
    private readonly ImmutableArray<Part> _parts;
    private readonly ImmutableArray<SlotParameter> _query;
    private readonly ImmutableArray<ValueSource> _values;

    private TargetTemplate(ImmutableArray<Part> parts, ImmutableArray<SlotParameter> query, ImmutableArray<ValueSource> values)
    {
        _parts = parts;
        _query = query;
        _values = values;
    }

    private readonly record struct Part(string? Literal, SlotParameter? Value, bool InPath);

    /// <summary>No request changes it.</summary>
    public bool IsFixed => _parts.All(p => p.Value is null || p.Value.IsFixed) && _query.All(q => q.IsFixed);

    /// <summary>The path of the fragment without values, as far as relative addresses depend on it.</summary>
    public string PathPattern => string.Concat(_parts.TakeWhile(p => p.InPath).Select(p => p.Literal ?? "-"));

    /// <param name="path">The fragment's path on the service: <c>/banner.html?size={size}</c>.</param>
    /// <param name="address">The slot's address; parameters that no place takes become the query string.</param>
    /// <param name="values">The page's values; places are resolved by their index in it.</param>
    public static TargetTemplate Create(string path, SlotAddress address, ImmutableArray<ValueSource> values)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var query = address.Parameters.ToList();
        var question = path.IndexOf('?', StringComparison.Ordinal);
        var at = 0;
        while (at < path.Length)
        {
            var open = path.IndexOf('{', at);
            var close = open < 0 ? -1 : path.IndexOf('}', open);
            if (close < 0)
            {
                AddLiteral(path[at..], at);
                break;
            }

            AddLiteral(path[at..open], at);
            var name = path[(open + 1)..close].Split([':', '=', '?'])[0].TrimStart('*');
            var parameter = query.Find(p => p.Name == name);
            query.Remove(parameter!);
            parts.Add(new Part(null, parameter ?? new SlotParameter(name, []), question < 0 || open < question));
            at = close + 1;
        }

        return new TargetTemplate(parts.ToImmutable(), [.. query], values);

        void AddLiteral(string text, int start)
        {
            // A literal that runs over the question mark is cut there, so that the path's part is known as such.
            var cut = question >= start && question < start + text.Length ? question - start : -1;
            if (cut >= 0)
            {
                parts.Add(new Part(text[..cut], null, true));
                text = text[cut..];
            }

            if (text.Length > 0)
            {
                parts.Add(new Part(text, null, cut < 0 && (question < 0 || start < question)));
            }
        }
    }

    /// <param name="values">The request's values, in the page's order.</param>
    /// <returns>Path and query, percent-encoded; null when a place of the path has no value that can stand in a path.</returns>
    public string? Expand(ReadOnlySpan<string?> values)
    {
        var target = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.Value is null)
            {
                target.Append(part.Literal);
                continue;
            }

            var value = Fill(part.Value, values);
            if (part.InPath && !CanStandInPath(value))
            {
                return null;
            }

            target.Append(Uri.EscapeDataString(value ?? ""));
        }

        var separator = _parts.Any(p => p.Literal?.Contains('?', StringComparison.Ordinal) == true) ? '&' : '?';
        foreach (var parameter in _query)
        {
            if (Fill(parameter, values) is { } value)
            {
                target.Append(separator).Append(Uri.EscapeDataString(parameter.Name)).Append('=').Append(Uri.EscapeDataString(value));
                separator = '&';
            }
        }

        return target.ToString();
    }

    // A parameter with a place that has neither value nor default is left out whole.
    private string? Fill(SlotParameter parameter, ReadOnlySpan<string?> values)
    {
        switch (parameter.Value)
        {
            case []:
                return parameter.Name.Length == 0 ? null : "";
            case [{ Source: null } only]:
                return only.Text;
        }

        var filled = new StringBuilder();
        foreach (var part in parameter.Value)
        {
            var value = part.Source is null ? part.Text : values[_values.IndexOf(part.Source)] ?? part.Source.Default;
            if (value is null)
            {
                return null;
            }

            filled.Append(value);
        }

        return filled.ToString();
    }

    // Percent-encoding does not stop dot segments: a reader of addresses resolves %2e%2e, too.
    private static bool CanStandInPath(string? value)
    {
        for (var i = 0; i < 4; i++)
        {
            if (string.IsNullOrEmpty(value) || value is "." or "..")
            {
                return false;
            }

            var decoded = Uri.UnescapeDataString(value);
            if (decoded == value)
            {
                return true;
            }

            value = decoded;
        }

        return false;
    }
}
