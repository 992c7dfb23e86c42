namespace Stitcher.Fragments.Html;

/// <summary>Where in HTML the text written so far ends, as far as it matters for what may come next.</summary>
internal enum HtmlPosition
{
    /// <summary>Between tags.</summary>
    Text,

    /// <summary>In an element that holds text only (<c>title</c>, <c>textarea</c>).</summary>
    TextOnly,

    /// <summary>In an element whose content is not decoded (<c>script</c>, <c>style</c>, …).</summary>
    RawText,

    /// <summary>After <c>&lt;</c>, or in a tag's name.</summary>
    TagName,

    /// <summary>Inside a tag, between attributes.</summary>
    BetweenAttributes,

    /// <summary>Directly after an attribute's closing quote.</summary>
    AfterValue,

    /// <summary>In an attribute's name, or between it and its value.</summary>
    AttributeName,

    /// <summary>After an attribute's equals sign.</summary>
    BeforeValue,

    /// <summary>In a value in double quotes.</summary>
    DoubleQuoted,

    /// <summary>In a value in single quotes.</summary>
    SingleQuoted,

    /// <summary>In a value without quotes.</summary>
    Unquoted,

    /// <summary>In a comment or a declaration.</summary>
    Comment,
}
