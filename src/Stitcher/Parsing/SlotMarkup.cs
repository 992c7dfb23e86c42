namespace Stitcher.Parsing;

/// <summary>What a slot's fragment means for the page.</summary>
internal enum SlotRole
{
    /// <summary>Its failure never changes the status.</summary>
    Optional,

    /// <summary>The page fails if it does.</summary>
    Required,

    /// <summary>It owns status, redirect and title.</summary>
    Primary,
}

/// <summary>A slot as the layout has it, not yet held against the configuration.</summary>
/// <param name="Source">The <c>src</c> attribute.</param>
/// <param name="Role">What its failure means.</param>
/// <param name="Timeout">Its own time, when it names one.</param>
/// <param name="FallbackSource">Another fragment to try when this one fails.</param>
/// <param name="IsDeferred">Its content is shown at once, the fragment follows when it is ready.</param>
/// <param name="Content">What stands between its tags: shown when the fragment cannot be.</param>
/// <param name="Context">Where it stands.</param>
/// <param name="File">The file that its start tag stands in, which may be one that the layout includes.</param>
/// <param name="Line">The line of its start tag, from 1.</param>
internal sealed record SlotMarkup(
    string Source,
    SlotRole Role,
    TimeSpan? Timeout,
    string? FallbackSource,
    bool IsDeferred,
    ReadOnlyMemory<byte> Content,
    SlotContext Context,
    string File,
    int Line);
