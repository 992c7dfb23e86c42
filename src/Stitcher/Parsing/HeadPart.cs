namespace Stitcher.Parsing;

/// <summary>What a head part is; the order is the order in which parts are written.</summary>
internal enum HeadPartKind
{
    Title,
    Meta,
    Canonical,
    Link,
    Preload,
    Stylesheet,
    Style,
    Data,
    Script,
}

/// <summary>One element of a page's head, whoever brought it. Two parts with the same <see cref="Key"/> are the same part.</summary>
internal sealed record HeadPart(HeadPartKind Kind, string Key, ReadOnlyMemory<byte> Html)
{
    /// <summary>There can be only one, and the primary fragment's beats the layout's.</summary>
    public bool IsExclusive => Kind is HeadPartKind.Title or HeadPartKind.Meta or HeadPartKind.Canonical;

    /// <summary>
    /// One owner may bring several of the key: a property in another vocabulary, such as <c>og:image</c>, may have several values.
    /// </summary>
    public bool MayRepeat => Kind == HeadPartKind.Meta && Key.Contains(':', StringComparison.Ordinal);

    /// <summary>It also works in the body, right before the fragment that wants it.</summary>
    public bool WorksInBody => Kind is HeadPartKind.Stylesheet or HeadPartKind.Style or HeadPartKind.Data or HeadPartKind.Script or HeadPartKind.Preload;
}
