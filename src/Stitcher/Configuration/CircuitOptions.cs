using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>When a service that keeps failing is left alone, and for how long: its circuit is open then, and no question reaches it.</summary>
public sealed class CircuitOptions
{
    /// <summary>How many of the latest questions must have failed.</summary>
    /// <value>Percent, 1 to 100. Default: 50.</value>
    [Range(1, 100)]
    public int FailurePercent { get; set; } = 50;

    /// <summary>How many questions it takes to judge a service at all.</summary>
    /// <value>2 to 100,000. Default: 10.</value>
    [Range(2, 100_000)]
    public int MinimumCalls { get; set; } = 10;

    /// <summary>How far back the latest questions reach.</summary>
    /// <value>500 ms to 10 min. Default: 10 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Sampling { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the service is left alone at first, or up to a fifth less. Then one question tries it; each time that one fails, the next rest is twice as long.</summary>
    /// <value>100 ms to 10 min. Default: 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00")]
    public TimeSpan FirstBreak { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest rest, or up to a fifth less: so long may a service be back, however long it was away, before it is shown again.</summary>
    /// <value>100 ms to 1 h, and not less than <see cref="FirstBreak"/>. Default: 10 s. One question in that time is no load to anybody; longer rests spare readers the wait for it.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan LongestBreak { get; set; } = TimeSpan.FromSeconds(10);
}
