namespace Stitcher.Configuration;

/// <summary>What a cookie may be called (RFC 6265, section 4.1.1), and which names a service may not have.</summary>
internal static class CookieName
{
    private const string Separators = "()<>@,;:\\\"/[]?={} \t";

    public static bool IsToken(string name) =>
        name.Length > 0 && name.All(c => char.IsAscii(c) && !char.IsControl(c) && !Separators.Contains(c, StringComparison.Ordinal));

    /// <summary>Names by which browsers take a cookie for the site's own. Browsers compare them without regard to case, and so do we.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith("__Host-", StringComparison.OrdinalIgnoreCase) || name.StartsWith("__Secure-", StringComparison.OrdinalIgnoreCase);
}
