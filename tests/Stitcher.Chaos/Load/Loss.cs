namespace Stitcher.Chaos.Load;

/// <summary>Why a page counts as lost.</summary>
internal enum Loss
{
    /// <summary>It is not lost.</summary>
    None,

    /// <summary>No connection to the gateway.</summary>
    Connect,

    /// <summary>The connection broke, or the body ended early.</summary>
    Broken,

    /// <summary>A status that the page may not have now.</summary>
    Status,

    /// <summary>A part of the layout is missing or stands in the wrong place, or the document does not end.</summary>
    Shell,

    /// <summary>A slot of a service that nothing was done to does not show its fragment.</summary>
    Slot,

    /// <summary>A fragment is there in part, or with bytes that its service did not send.</summary>
    Damaged,

    /// <summary>A header that must not be: a page for one reader that others may be shown, an error that says nothing of when to come again.</summary>
    Header,

    /// <summary>The page names a module of another version than a fragment's.</summary>
    Mixed,

    /// <summary>It took longer than the page's deadline and 250 ms.</summary>
    Late,
}
