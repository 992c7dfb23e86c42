namespace Stitcher.Configuration;

/// <summary>When the bytes of a page leave.</summary>
public enum PageDelivery
{
    /// <summary>Whole if every slot is ready once the status is settled; streamed otherwise.</summary>
    Auto,

    /// <summary>Always whole: the slowest slot decides.</summary>
    Buffered,

    /// <summary>As soon as the status is settled, in document order.</summary>
    Streamed,
}
