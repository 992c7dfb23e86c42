using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>Bounds on what one page or fragment may cost.</summary>
public sealed class LimitOptions
{
    /// <summary>The largest number of slots on a page, those inside fragments included.</summary>
    /// <value>1 to 1,024. Default: 32.</value>
    [Range(1, 1_024)]
    public int SlotsPerPage { get; set; } = 32;

    /// <summary>How deep fragments may stand in fragments. A slot of the layout has depth 1.</summary>
    /// <value>1 to 16. Default: 3.</value>
    [Range(1, 16)]
    public int NestedDepth { get; set; } = 3;

    /// <summary>The largest body of one fragment.</summary>
    /// <value>Bytes, 1 KB to 16 MB. Default: 524,288 (512 KB).</value>
    [Range(1_024, 16 * 1024 * 1024)]
    public int FragmentBytes { get; set; } = 512 * 1024;

    /// <summary>The largest number of elements in one fragment.</summary>
    /// <value>1 to 1,000,000. Default: 10,000.</value>
    [Range(1, 1_000_000)]
    public int FragmentElements { get; set; } = 10_000;

    /// <summary>How deep the elements of one fragment may nest.</summary>
    /// <value>8 to 512. Default: 256. The parser's time grows with the square of the depth.</value>
    [Range(8, 512)]
    public int FragmentDepth { get; set; } = 256;

    /// <summary>The longest time that parsing one fragment may take.</summary>
    /// <value>1 ms to 10 s. Default: 50 ms.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:10")]
    public TimeSpan ParseTime { get; set; } = TimeSpan.FromMilliseconds(50);
}
