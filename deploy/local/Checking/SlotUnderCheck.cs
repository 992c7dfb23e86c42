namespace Stitcher.Local.Checking;

/// <summary>A slot as its layout promises it.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Fragment">The fragment's name.</param>
/// <param name="Parameters">The slot's parameters with the values they have on the page that is fetched.</param>
internal sealed record SlotUnderCheck(string Service, string Fragment, IReadOnlyDictionary<string, string> Parameters)
{
    /// <summary>As the layout writes it, without parameters.</summary>
    public string Name => $"{Service}/{Fragment}";

    /// <summary>The address on the service: the parameters fill the places of the path, the others become its query.</summary>
    public string AddressOn(string fragmentPath)
    {
        var rest = new List<string>();
        foreach (var (name, value) in Parameters)
        {
            var place = "{" + name + "}";
            var escaped = Uri.EscapeDataString(value);
            if (fragmentPath.Contains(place, StringComparison.Ordinal))
            {
                fragmentPath = fragmentPath.Replace(place, escaped, StringComparison.Ordinal);
            }
            else
            {
                rest.Add($"{Uri.EscapeDataString(name)}={escaped}");
            }
        }

        return rest.Count == 0 ? fragmentPath : $"{fragmentPath}{(fragmentPath.Contains('?') ? '&' : '?')}{string.Join('&', rest)}";
    }
}
