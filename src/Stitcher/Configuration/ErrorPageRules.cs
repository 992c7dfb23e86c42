using System.Globalization;

namespace Stitcher.Configuration;

/// <summary>The rules on the site's own error pages.</summary>
internal static class ErrorPageRules
{
    public static void Check(IDictionary<string, string> pages, OptionsCheck check)
    {
        foreach (var (status, layout) in pages)
        {
            var key = OptionsCheck.Key("ErrorPages:" + status);
            if (!IsStatus(status))
            {
                check.Add(key, $"'{status}' is no status that an error page has", "a status from 400 to 599, or '4xx' or '5xx' for all others of that kind");
            }

            PageRules.CheckLayout(layout, key, check);
        }
    }

    /// <summary>Whether an error page can be for it.</summary>
    public static bool IsStatus(string status) =>
        status.Equals("4xx", StringComparison.OrdinalIgnoreCase) || status.Equals("5xx", StringComparison.OrdinalIgnoreCase)
        || (status.Length == 3 && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 400 and <= 599);
}
