namespace Stitcher.Fragments.Serving;

/// <summary>Tells names that change with their content from names that stay.</summary>
internal static class AssetNames
{
    // Short runs and plain words or dates are too often part of a hand-written name; a wrong guess here lasts a year.
    private const int ShortestHash = 8;

    public static bool HasContentHash(string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name.AsSpan());
        var start = stem.LastIndexOfAny('-', '.') + 1;
        var hash = stem[start..];
        if (start == 0 || hash.Length < ShortestHash)
        {
            return false;
        }

        var (letters, digits) = (0, 0);
        foreach (var character in hash)
        {
            letters += char.IsAsciiLetter(character) ? 1 : 0;
            digits += char.IsAsciiDigit(character) ? 1 : 0;
        }

        return letters > 0 && digits > 0 && letters + digits == hash.Length;
    }
}
