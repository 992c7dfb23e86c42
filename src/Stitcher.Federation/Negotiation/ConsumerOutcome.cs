namespace Stitcher.Federation.Negotiation;

/// <summary>How a service comes to its copy of a unit.</summary>
public enum ConsumerOutcome
{
    /// <summary>It runs on the winner, and accepts it.</summary>
    Shared,

    /// <summary>It runs on the winner, outside its range.</summary>
    Forced,

    /// <summary>It runs its own copy.</summary>
    Own,

    /// <summary>It runs another service's copy that is not the winner.</summary>
    Borrowed,

    /// <summary>It may not run at all, because its range refuses the winner.</summary>
    Quarantined,

    /// <summary>There is nothing it can run on.</summary>
    Missing,
}
