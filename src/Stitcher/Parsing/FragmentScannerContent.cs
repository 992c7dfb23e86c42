namespace Stitcher.Parsing;

/// <summary>What may stand directly inside an element without the parser closing, moving or inventing anything.</summary>
[Flags]
internal enum FragmentScannerContent : ushort
{
    None = 0,

    /// <summary>Text and the elements of a page's body.</summary>
    Flow = 1,

    /// <summary>As <see cref="Flow"/>, and the place where a list item closes no other.</summary>
    List = 2,

    /// <summary>As <see cref="Flow"/>, and the place where a term or description closes no other.</summary>
    Definitions = 4,

    Table = 8,
    TableSection = 16,
    TableRow = 32,
    ColumnGroup = 64,
    Select = 128,
    OptionGroup = 256,

    /// <summary>Text and comments, no element.</summary>
    Text = 512,

    /// <summary>Text only: the first tag has to be the element's own end tag.</summary>
    RawText = 1024,

    Svg = 2048,

    AnyFlow = Flow | List | Definitions,

    /// <summary>Where text other than white space would be moved in front of a table or dropped.</summary>
    OnlyBlanks = Table | TableSection | TableRow | ColumnGroup | Select | OptionGroup,
}
