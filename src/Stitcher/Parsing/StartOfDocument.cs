namespace Stitcher.Parsing;

/// <summary>Tells a whole document from a bare fragment: by its first token after blanks and comments.</summary>
internal static class StartOfDocument
{
    private static readonly string[] Openings = ["<!doctype", "<html", "<head", "<body"];

    public static bool IsAt(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.TrimStart(" \t\r\n\f");
            if (!text.StartsWith("<!--", StringComparison.Ordinal))
            {
                break;
            }

            var end = text[4..].IndexOf("-->", StringComparison.Ordinal);
            if (end < 0)
            {
                return false;
            }

            text = text[(end + 7)..];
        }

        foreach (var opening in Openings)
        {
            // A longer name is another element: <header> is not <head>.
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase)
                && (text.Length == opening.Length || !char.IsAsciiLetterOrDigit(text[opening.Length]) && text[opening.Length] != '-'))
            {
                return true;
            }
        }

        return false;
    }
}
