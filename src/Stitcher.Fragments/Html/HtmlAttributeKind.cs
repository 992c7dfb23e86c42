namespace Stitcher.Fragments.Html;

/// <summary>What an attribute's value means to a browser, which decides whether encoding alone makes a value safe.</summary>
internal enum HtmlAttributeKind
{
    /// <summary>Text: encoding is enough.</summary>
    Plain,

    /// <summary>An address: it could run script or load from anywhere.</summary>
    Address,

    /// <summary>Style declarations: only numbers are let in.</summary>
    Style,

    /// <summary>Script, or a whole document: nothing is let in.</summary>
    Code,
}
