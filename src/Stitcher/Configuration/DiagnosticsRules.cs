namespace Stitcher.Configuration;

/// <summary>The rules on diagnostics. No message repeats the token: errors are logged.</summary>
internal static class DiagnosticsRules
{
    private const int Shortest = 16;
    private const int Longest = 256;

    public static void Check(DiagnosticsOptions diagnostics, OptionsCheck check)
    {
        if (diagnostics.Token is { } token && (token.Length is < Shortest or > Longest || !token.All(c => c is > ' ' and <= '~')))
        {
            check.Add(
                OptionsCheck.Key("Diagnostics:Token"),
                "the token is too short, too long or has characters that a header cannot carry",
                $"{Shortest} to {Longest} printable ASCII characters without blanks, or no token");
        }
    }
}
