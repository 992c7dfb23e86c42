using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How the services' manifests are read.</summary>
public sealed class FederationOptions
{
    /// <summary>The time between two looks at a manifest; each look is spread by up to a tenth of it.</summary>
    /// <value>100 ms to 1 day. Default: 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time one look at a manifest may take.</summary>
    /// <value>50 ms to 60 s. Default: 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
