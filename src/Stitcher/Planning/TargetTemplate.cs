using System.Collections.Immutable;
using System.Text;

namespace Stitcher.Planning;

/// <summary>
/// A fragment's path and query on its service, with the values of one slot in their places: decided ahead, filled per request.
/// </summary>
internal sealed class TargetTemplate
{
    private readonly ImmutableArray<Part> _path;
    private readonly ImmutableArray<ImmutableArray<Part>> _query;
    private readonly ImmutableArray<ValueSource> _values;

    private TargetTemplate(ImmutableArray<Part> path, ImmutableArray<ImmutableArray<Part>> query, ImmutableArray<ValueSource> values)
    {
        _path = path;
        _query = query;
        _values = values;
    }

    /// <summary>Text as it is written, or a place with the parameter that fills it, if the slot has one.</summary>
    private readonly record struct Part(string? Literal, SlotParameter? Parameter);

    /// <summary>No request changes it.</summary>
    public bool IsFixed => _path.Concat(_query.SelectMany(pair => pair)).All(p => p.Parameter is null || p.Parameter.IsFixed);

    /// <summary>The path of the fragment without values, as far as relative addresses depend on it.</summary>
    public string PathPattern => string.Concat(_path.Select(p => p.Literal ?? "-"));

    /// <param name="path">The fragment's path on the service: <c>/banner.html?size={size}</c>.</param>
    /// <param name="address">The slot's address; parameters that no place takes become the query string.</param>
    /// <param name="values">The page's values; places are resolved by their index in it.</param>
    public static TargetTemplate Create(string path, SlotAddress address, ImmutableArray<ValueSource> values)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var question = path.IndexOf('?', StringComparison.Ordinal);
        var parts = Cut(question < 0 ? path : path[..question], address, taken);
        var own = (question < 0 ? "" : path[(question + 1)..]).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => Cut(pair, address, taken)).ToList();
        var others = address.Parameters.Where(p => !taken.Contains(p.Name))
            .Select(p => ImmutableArray.Create(new Part(Uri.EscapeDataString(p.Name) + "=", null), new Part(null, p)));
        return new TargetTemplate(parts, [.. own.Concat(others).OrderBy(NameOf, StringComparer.Ordinal)], values);
    }

    // Two slots that name the same parameters in another order ask the same; pairs of one name keep theirs.
    private static string NameOf(ImmutableArray<Part> pair) => pair is [{ Literal: { } text }, ..] ? text.Split('=', 2)[0] : "";

    /// <summary>The names of the places of a path.</summary>
    public static IEnumerable<string> PlacesOf(string path)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        Cut(path, new SlotAddress("", "", []), taken);
        return taken;
    }

    /// <summary>The places, among the page's values, of what a reader's address says for the fragment's query.</summary>
    /// <param name="names">The parameters; null for all.</param>
    public ImmutableArray<int> AddressPlaces(IReadOnlyCollection<string>? names) =>
    [
        .. _query.SelectMany(pair => pair)
            .Select(part => part.Parameter).OfType<SlotParameter>()
            .Where(parameter => names?.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase) != false)
            .SelectMany(parameter => parameter.Value)
            .Where(value => value.Source is { Kind: ValueKind.Query })
            .Select(value => _values.IndexOf(value.Source!))
            .Distinct(),
    ];

    /// <param name="values">The request's values, in the page's order.</param>
    /// <returns>Path and query, percent-encoded; null when a place of the path has no value that can stand in a path.</returns>
    public string? Expand(ReadOnlySpan<string?> values)
    {
        var target = new StringBuilder();
        foreach (var part in _path)
        {
            if (part.Literal is { } literal)
            {
                target.Append(literal);
            }
            else if (Fill(part.Parameter, values) is { } value && CanStandInPath(value))
            {
                target.Append(Uri.EscapeDataString(value));
            }
            else
            {
                return null;
            }
        }

        var separator = '?';
        foreach (var pair in _query)
        {
            if (Join(pair, values) is { } text)
            {
                target.Append(separator).Append(text);
                separator = '&';
            }
        }

        return target.ToString();
    }

    private static ImmutableArray<Part> Cut(string template, SlotAddress address, HashSet<string> taken)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var at = 0;
        while (at < template.Length)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                parts.Add(new Part(template[at..], null));
                break;
            }

            if (open > at)
            {
                parts.Add(new Part(template[at..open], null));
            }

            // A place may be written as in a route, with a constraint or a default behind its name.
            var name = template[(open + 1)..close].Split([':', '=', '?'])[0].TrimStart('*');
            taken.Add(name);
            parts.Add(new Part(null, address.Parameters.FirstOrDefault(p => p.Name == name)));
            at = close + 1;
        }

        return parts.ToImmutable();
    }

    // A pair with a place that has neither value nor default is left out whole: the service then uses its own default.
    private string? Join(ImmutableArray<Part> pair, ReadOnlySpan<string?> values)
    {
        var text = new StringBuilder();
        foreach (var part in pair)
        {
            if (part.Literal is { } literal)
            {
                text.Append(literal);
            }
            else if (Fill(part.Parameter, values) is { } value)
            {
                text.Append(Uri.EscapeDataString(value));
            }
            else
            {
                return null;
            }
        }

        return text.ToString();
    }

    private string? Fill(SlotParameter? parameter, ReadOnlySpan<string?> values)
    {
        switch (parameter?.Value)
        {
            case null:
                return null;
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
    private static bool CanStandInPath(string value)
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
