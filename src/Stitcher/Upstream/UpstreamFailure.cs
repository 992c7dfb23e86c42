namespace Stitcher.Upstream;

/// <summary>Why a service gave no usable answer.</summary>
internal enum UpstreamFailure
{
    /// <summary>It gave one.</summary>
    None,

    /// <summary>The cluster has no destination to choose.</summary>
    NoDestination,

    /// <summary>No connection could be made.</summary>
    Connect,

    /// <summary>The connection broke before the body was complete.</summary>
    Broken,

    /// <summary>The slot's time was over before the last byte was here.</summary>
    Timeout,

    /// <summary>The status says that the service failed.</summary>
    Status,

    /// <summary>The answer is not UTF-8 HTML as the contract wants it.</summary>
    Invalid,

    /// <summary>The body is larger than a fragment may be.</summary>
    TooLarge,

    /// <summary>The service failed too often lately; it was not asked.</summary>
    CircuitOpen,

    /// <summary>As many questions as may be are on their way already; it was not asked.</summary>
    Overloaded,

    /// <summary>Another attempt at the same question was quicker.</summary>
    Superseded,

    /// <summary>The browser is gone, nobody waits for the answer.</summary>
    ClientGone,
}
