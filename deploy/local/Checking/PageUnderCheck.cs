namespace Stitcher.Local.Checking;

/// <summary>A page as the gateway's settings and its layout promise it.</summary>
/// <param name="Path">An address of the page; route values are 1.</param>
/// <param name="Slots">Its slots, in document order.</param>
internal sealed record PageUnderCheck(string Path, IReadOnlyList<SlotUnderCheck> Slots);
