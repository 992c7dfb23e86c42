using System.Collections.Immutable;
using System.Text;
using Stitcher.Federation.Manifests;

namespace Stitcher.Fragments.Testing.Hosting;

/// <summary>A fragment as its service publishes it, with what is known of its parameters.</summary>
internal sealed record TestedFragment
{
    public required ExposedModule Exposed { get; init; }

    /// <value>Its parameters; where only the manifest is known, their names.</value>
    public ImmutableArray<FragmentParameter> Parameters { get; init; } = [];

    public IReadOnlyDictionary<string, string> Samples { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string Name => Exposed.Name;

    /// <summary>Its path and query on the service.</summary>
    public string AddressWith(ImmutableSortedDictionary<string, ImmutableArray<string>> values)
    {
        var address = new StringBuilder();
        var rest = Exposed.Fragment!;
        while (rest.IndexOf('{', StringComparison.Ordinal) is >= 0 and var open && rest.IndexOf('}', open) is >= 0 and var close)
        {
            var name = rest[(open + 1)..close];
            var value = values.TryGetValue(name, out var given) && given.Length > 0 ? given[0] : Samples.GetValueOrDefault(name, "1");
            values = values.Remove(name);
            address.Append(rest, 0, open).Append(Uri.EscapeDataString(value));
            rest = rest[(close + 1)..];
        }

        address.Append(rest);
        var separator = rest.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, texts) in values)
        {
            foreach (var text in texts)
            {
                address.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(text));
                separator = '&';
            }
        }

        return address.ToString();
    }
}
