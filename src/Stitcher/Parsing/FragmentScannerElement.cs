using Content = Stitcher.Parsing.FragmentScannerContent;
using Open = Stitcher.Parsing.FragmentScannerOpen;

namespace Stitcher.Parsing;

/// <summary>What the scanner knows about an element's nesting.</summary>
/// <param name="In">The content in which its start tag opens it and does nothing else.</param>
/// <param name="Inside">Its own content; none for an element without an end tag.</param>
/// <param name="Adds">What it is to the elements inside it.</param>
/// <param name="Forbids">The open elements that its start tag would close, or that make it be ignored.</param>
/// <param name="Home">Content in which it may also stand when <paramref name="ForbidsElsewhere"/> is open further out.</param>
/// <param name="ForbidsElsewhere">As <paramref name="Forbids"/>, outside its home.</param>
internal sealed record FragmentScannerElement(
    Content In, Content Inside, Open Adds = Open.None, Open Forbids = Open.None, Content Home = Content.None, Open ForbidsElsewhere = Open.None)
{
    /// <summary>An element with a hyphen in its name: to the parser the same as <c>span</c>.</summary>
    public static readonly FragmentScannerElement Custom = new(Content.AnyFlow, Content.Flow);

    private static readonly FragmentScannerNames<FragmentScannerElement> Known = new([.. All()]);

    public bool IsVoid => Inside == Content.None;

    /// <summary>Whether <c>/&gt;</c> ends it; elsewhere browsers ignore the slash.</summary>
    public bool MayCloseItself => Inside is Content.None or Content.Svg;

    /// <summary>A row directly in a table: the parser puts a <c>tbody</c> around it, which ends with the table at the latest.</summary>
    public bool MayImplyParent => In == (Content.Table | Content.TableSection);

    /// <summary>What is known about the element of this name; null when the scanner cannot speak for it.</summary>
    public static FragmentScannerElement? Find(ReadOnlySpan<byte> name) =>
        Known.TryGet(name, out var element) ? element : IsCustom(name) ? Custom : null;

    private static bool IsCustom(ReadOnlySpan<byte> name) =>
        name.Contains((byte)'-') && name[^1] != '-' && !name.SequenceEqual("annotation-xml"u8) && !name.StartsWith("font-face"u8)
        && !name.SequenceEqual("color-profile"u8) && !name.SequenceEqual("missing-glyph"u8);

    private static IEnumerable<KeyValuePair<string, FragmentScannerElement>> All()
    {
        var phrasing = new FragmentScannerElement(Content.AnyFlow, Content.Flow);
        var block = phrasing with { Forbids = Open.Paragraph };
        var heading = block with { Adds = Open.Heading, Forbids = Open.Paragraph | Open.Heading };
        var empty = phrasing with { Inside = Content.None };
        var definition = block with { Adds = Open.Definition, Home = Content.Definitions, ForbidsElsewhere = Open.Definition };
        var section = new FragmentScannerElement(Content.Table, Content.TableSection);
        var cell = new FragmentScannerElement(Content.TableRow, Content.Flow);
        var drawing = new FragmentScannerElement(Content.Svg, Content.Svg);
        (string Names, FragmentScannerElement Element)[] groups =
        [
            ("abbr audio bdi bdo canvas cite data del dfn ins kbd label legend map mark meter output picture progress q samp span sub sup time var video", phrasing),
            ("address article aside blockquote details dialog div fieldset figcaption figure footer header hgroup main nav search section summary pre", block),
            ("ul ol", block with { Inside = Content.List }),
            ("dl", block with { Inside = Content.Definitions }),
            ("p", block with { Adds = Open.Paragraph }),
            ("h1 h2 h3 h4 h5 h6", heading),
            ("li", block with { Adds = Open.ListItem, Home = Content.List, ForbidsElsewhere = Open.ListItem }),
            ("dd dt", definition),
            ("a", Once(Open.Anchor)),
            ("button", Once(Open.Button)),
            ("form", block with { Adds = Open.Form, Forbids = Open.Paragraph | Open.Form }),
            ("b", Once(Open.Bold)),
            ("big", Once(Open.Big)),
            ("code", Once(Open.Code)),
            ("em", Once(Open.Emphasis)),
            ("font", Once(Open.Font)),
            ("i", Once(Open.Italic)),
            ("s", Once(Open.Struck)),
            ("small", Once(Open.Small)),
            ("strike", Once(Open.Strike)),
            ("strong", Once(Open.Strong)),
            ("tt", Once(Open.Teletype)),
            ("u", Once(Open.Underlined)),
            ("area br img input source track wbr", empty),
            ("hr", empty with { Forbids = Open.Paragraph }),
            ("textarea", phrasing with { Inside = Content.RawText }),
            ("table", block with { Inside = Content.Table }),
            ("caption", cell with { In = Content.Table }),
            ("colgroup", section with { Inside = Content.ColumnGroup }),
            ("col", new FragmentScannerElement(Content.ColumnGroup, Content.None)),
            ("thead tbody tfoot", section),
            ("tr", new FragmentScannerElement(Content.Table | Content.TableSection, Content.TableRow)),
            ("td th", cell),
            ("select", phrasing with { Inside = Content.Select }),
            ("datalist", phrasing with { Inside = Content.OptionGroup }),
            ("optgroup", new FragmentScannerElement(Content.Select, Content.OptionGroup)),
            ("option", new FragmentScannerElement(Content.Select | Content.OptionGroup, Content.Text)),
            ("svg", phrasing with { Inside = Content.Svg }),
            ("desc title", drawing with { Inside = Content.Text }),
            ("circle defs ellipse g line mask path polygon polyline rect stop symbol text tspan use", drawing),
        ];
        return groups.SelectMany(g => g.Names.Split(' ').Select(name => KeyValuePair.Create(name, g.Element)));

        FragmentScannerElement Once(Open kind) => phrasing with { Adds = kind, Forbids = kind };
    }
}
