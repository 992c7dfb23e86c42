using System.Text;

namespace Stitcher.Explaining;

/// <summary>Names the places on the federation page that others link to: <c>#package-svelte</c>, <c>#service-orders</c>.</summary>
internal static class FederationAnchor
{
    public static string OfPackage(string unit) => Of("package-", unit);

    public static string OfService(string service) => Of("service-", service);

    // What stands for itself in an address; the rest is told apart by its number.
    private static string Of(string kind, string name)
    {
        var anchor = new StringBuilder(kind);
        foreach (var c in name)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is '@' or '/' or '.' or '-' ? anchor.Append(c) : anchor.Append('_').Append(((int)c).ToString("x", System.Globalization.CultureInfo.InvariantCulture));
        }

        return anchor.ToString();
    }
}
