using Open = Stitcher.Parsing.FragmentScannerOpen;

namespace Stitcher.Parsing;

/// <summary>A slot's surroundings, as far as the scanner reasons about them.</summary>
/// <param name="IsKnown">Whether it does; in any other place nothing is proven.</param>
/// <param name="Open">What is open around the slot.</param>
/// <param name="Ancestors">How many elements are open around it.</param>
internal readonly record struct FragmentScannerPlace(bool IsKnown, Open Open, int Ancestors)
{
    // The parse budget grants as many levels around a slot.
    private const int MostAncestors = 16;

    /// <param name="ancestors">The names of the elements around the slot, outermost first.</param>
    public static FragmentScannerPlace Of(string ancestors)
    {
        var names = ancestors.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names is not ["html", "body", ..] || names.Length > MostAncestors)
        {
            return default;
        }

        var open = Open.None;
        for (var i = 2; i < names.Length; i++)
        {
            if (names[i] == "table")
            {
                // Anywhere else in a table the parser moves what is not a part of the table in front of it.
                if (names.AsSpan(i) is not ["table", "thead" or "tbody" or "tfoot", "tr", "td" or "th", ..])
                {
                    return default;
                }

                i += 3;
            }
            else if (KindOf(names[i]) is { } kind)
            {
                open |= kind;
            }
            else
            {
                return default;
            }
        }

        return new FragmentScannerPlace(true, open, names.Length);
    }

    private static Open? KindOf(string name) => name switch
    {
        "p" => Open.Paragraph,
        "a" => Open.Anchor,
        "button" => Open.Button,
        "form" => Open.Form,
        "h1" or "h2" or "h3" or "h4" or "h5" or "h6" => Open.Heading,
        "li" => Open.ListItem,
        "dd" or "dt" => Open.Definition,
        "b" => Open.Bold,
        "big" => Open.Big,
        "code" => Open.Code,
        "em" => Open.Emphasis,
        "font" => Open.Font,
        "i" => Open.Italic,
        "s" => Open.Struck,
        "small" => Open.Small,
        "strike" => Open.Strike,
        "strong" => Open.Strong,
        "tt" => Open.Teletype,
        "u" => Open.Underlined,
        _ => null,
    };
}
