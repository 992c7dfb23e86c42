namespace Stitcher.Fetching;

/// <summary>How a slot came by what it shows.</summary>
internal enum SlotOutcome
{
    /// <summary>Fetched for this page.</summary>
    Fresh,

    /// <summary>From the cache.</summary>
    Cached,

    /// <summary>From the cache, and older than its service wants it: while a newer one is on its way, or in the place of a failure.</summary>
    Stale,

    /// <summary>Another fragment stands in for it.</summary>
    FallbackFragment,

    /// <summary>The service has nothing to show, on purpose.</summary>
    Empty,

    /// <summary>It shows its own content, or nothing.</summary>
    Failed,
}

/// <summary>Why a slot failed.</summary>
internal enum SlotFailure
{
    None,

    /// <summary>The manifest does not name the fragment (yet).</summary>
    UnknownFragment,

    /// <summary>A place of the path has no value that can stand there.</summary>
    BadParameter,

    /// <summary>The service could not be reached, or no destination is available.</summary>
    Connect,

    /// <summary>The slot's time was over.</summary>
    Timeout,

    /// <summary>The service answered with a failure, or not at all by the contract.</summary>
    Invalid,

    /// <summary>The service's circuit is open.</summary>
    CircuitOpen,

    /// <summary>As many questions to the service as may be are on their way already.</summary>
    Overloaded,

    /// <summary>The service says that there is no such thing: an answer, though not one to show.</summary>
    Answered,

    /// <summary>The markup cannot be shown in this slot.</summary>
    Refused,

    /// <summary>The fragment is nested in itself.</summary>
    Cycle,

    /// <summary>Fragments nest too deep, or there are too many of them.</summary>
    TooDeep,

    /// <summary>Nobody waits for it any more.</summary>
    ClientGone,

    /// <summary>A defect of the gateway.</summary>
    Defect,
}
