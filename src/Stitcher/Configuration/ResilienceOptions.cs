using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How much time, how many questions and how much patience a service gets.</summary>
public sealed class ResilienceOptions
{
    /// <summary>The time of an optional slot that says none itself, from the page's start to the fragment's last byte.</summary>
    /// <value>10 ms to 60 s. Default: 800 ms, a person's patience with something beside the point. Cut to the page's deadline.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan OptionalTimeout { get; set; } = TimeSpan.FromMilliseconds(800);

    /// <summary>The time of a primary or required slot that says none itself, and of a fragment that a browser asks for alone.</summary>
    /// <value>10 ms to 60 s. Default: 1.5 s, which leaves a page of 2 s the time for a stand-in. Cut to the page's deadline, if there is a page.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan DecidingTimeout { get; set; } = TimeSpan.FromMilliseconds(1500);

    /// <summary>Whether a question is asked once more, at another destination if there is one, when the connection failed or broke or the status was 502, 503 or 504.</summary>
    /// <value>Default: <c>true</c>. Never after a timeout, and never more than once.</value>
    public bool Retry { get; set; } = true;

    /// <summary>How many second attempts may be on their way at once, as a part of all questions that are.</summary>
    /// <value>Percent, 0 to 100. Default: 20: a service that fails altogether is asked a fifth more, not twice as much.</value>
    [Range(0, 100)]
    public int RetryPercent { get; set; } = 20;

    /// <summary>How many second attempts may be on their way at once in any case: a part of few questions is none.</summary>
    /// <value>0 to 1,000. Default: 3.</value>
    [Range(0, 1_000)]
    public int RetryMinimum { get; set; } = 3;

    /// <summary>How many questions to the service may be on their way at once. One more is not queued: its slot takes what it has instead.</summary>
    /// <value>1 to 10,000. Default: 128, which is 2,500 a second at 50 ms each, and bounds what a hanging service can hold.</value>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 128;

    /// <summary>The same for questions that stand in for another fragment, so that one outage does not become the next.</summary>
    /// <value>1 to 10,000. Default: 32.</value>
    [Range(1, 10_000)]
    public int FallbackConcurrency { get; set; } = 32;

    /// <summary>Whether a slow question is asked a second time at another destination while the first is still on its way; the first answer is taken.</summary>
    /// <value>Default: <c>false</c>. Only with two available destinations or more, for at most one question in twenty, and within the budget of second attempts.</value>
    public bool Hedge { get; set; }

    /// <summary>After how long a question counts as slow.</summary>
    /// <value>0 to 60 s. Default: 0, the time within which 95 % of the latest answers came, at least 50 ms. Never more than half of the question's time.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan HedgeDelay { get; set; }

    /// <summary>When a service that keeps failing is left alone, and for how long.</summary>
    public CircuitOptions Circuit { get; set; } = new();
}
