using System.Text.RegularExpressions;

namespace Stitcher.Configuration;

/// <summary>The rules on what goes into a Content-Security-Policy as the operator wrote it: nothing there may end a directive.</summary>
internal static partial class PolicySourceRules
{
    private const string InPolicy = "cannot stand in a Content-Security-Policy";

    public static void CheckOrigins(IEnumerable<string> origins, string key, OptionsCheck check) =>
        Check(origins, Origin(), key, InPolicy, "an origin such as 'https://cdn.example.com', without a path", check);

    /// <summary>Checks origins as browsers name them in a request: nothing else would ever be equal to one.</summary>
    public static void CheckFormOrigins(IEnumerable<string> origins, string key, OptionsCheck check) =>
        Check(origins, Origin(), key, "is no origin", "an origin such as 'https://help.example.com', without a path", check);

    public static void CheckHashes(IEnumerable<string> hashes, string key, OptionsCheck check) =>
        Check(hashes, Hash(), key, InPolicy, "a hash such as 'sha256-…' in base64, without quotes", check);

    private static void Check(IEnumerable<string> sources, Regex pattern, string key, string complaint, string expected, OptionsCheck check)
    {
        foreach (var (source, index) in sources.Select((s, i) => (s, i)).Where(pair => !pattern.IsMatch(pair.s)))
        {
            check.Add($"{key}:{index}", $"'{source}' {complaint}", expected);
        }
    }

    [GeneratedRegex(@"\Ahttps?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?\z")]
    private static partial Regex Origin();

    [GeneratedRegex(@"\Asha(256|384|512)-[A-Za-z0-9+/_\-]+={0,2}\z")]
    private static partial Regex Hash();
}
