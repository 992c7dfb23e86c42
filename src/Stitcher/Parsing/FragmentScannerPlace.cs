using System.Text;
using Open = Stitcher.Parsing.FragmentScannerOpen;

namespace Stitcher.Parsing;

/// <summary>A slot's surroundings, as far as the scanner reasons about them.</summary>
/// <param name="IsKnown">Whether it does; in any other place nothing is proven.</param>
/// <param name="Open">What is open around the slot.</param>
/// <param name="Ancestors">How many elements are open around it.</param>
internal readonly record struct FragmentScannerPlace(bool IsKnown, Open Open, int Ancestors)
{
    /// <param name="ancestors">The names of the elements around the slot, outermost first.</param>
    public static FragmentScannerPlace Of(string ancestors)
    {
        var names = ancestors.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (names is not ["html", "body", ..])
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

    // Around a slot, an element is what it is inside a fragment. A pre would swallow the line end that a fragment begins with.
    private static Open? KindOf(string name) =>
        name != "pre" && FragmentScannerElement.Find(Encoding.UTF8.GetBytes(name)) is { } element && (element.Inside & FragmentScannerContent.AnyFlow) != 0
            ? element.Adds
            : null;
}
