namespace Stitcher.Chaos.Load;

/// <summary>What a slot of a page shows.</summary>
internal enum SlotState
{
    /// <summary>Its fragment, whole.</summary>
    Whole,

    /// <summary>The slot's own content.</summary>
    Fallback,

    /// <summary>A fragment that was made to do harm and is held inside the slot.</summary>
    Hostile,

    /// <summary>Something else, or nothing.</summary>
    Missing,

    /// <summary>A piece of its fragment.</summary>
    Damaged,
}
