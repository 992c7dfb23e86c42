namespace UserService.Accounts;

/// <summary>Where somebody goes once they are signed in. An address of another site would make the shop vouch for it.</summary>
internal static class ReturnAddress
{
    private const string Start = "/";
    private const int Longest = 1024;

    /// <returns>The address if it is one of this site's own pages, otherwise the start page.</returns>
    public static string Of(string? written)
    {
        // Browsers read a backslash as a slash and skip tabs and line ends, so that "/\evil" and "/<tab>/evil" would be other sites.
        var isOurs = written is ['/', ..] && written.Length <= Longest
            && !written.StartsWith("//", StringComparison.Ordinal)
            && !written.Contains('\\', StringComparison.Ordinal)
            && !written.Any(char.IsControl)
            && !IsPage(written, "/sign-in") && !IsPage(written, "/sign-out");
        return isOurs ? written! : Start;
    }

    private static bool IsPage(string address, string page) =>
        address.StartsWith(page, StringComparison.OrdinalIgnoreCase) && (address.Length == page.Length || address[page.Length] is '?' or '#' or '/');
}
