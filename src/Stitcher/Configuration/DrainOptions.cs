using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How the gateway goes when it is asked to stop: first it says so, then it stops listening, then it ends.</summary>
public sealed class DrainOptions
{
    /// <summary>How long new connections are still taken while <c>/health/ready</c> already answers 503. At least two periods of whoever asks for it.</summary>
    /// <value>0 to 5 min. Default: 5 s; in the environment <c>Development</c> 0, unless it is set.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long requests under way may take after that. What is not done by then is cut off.</summary>
    /// <value>0 to 10 min. Default: 20 s. Together with <see cref="Delay"/> it is the host's <c>ShutdownTimeout</c>; whoever kills the process must wait longer.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan Finish { get; set; } = TimeSpan.FromSeconds(20);
}
