namespace Stitcher.Chaos.Services;

/// <summary>What a fault service can do to an answer instead of giving it.</summary>
internal enum FaultKind
{
    /// <summary>The right head and half of the body, then drops of it for 5 s.</summary>
    SlowBody,

    /// <summary>The right head and half of the body, then a reset of the connection.</summary>
    Reset,

    /// <summary>A Content-Length that the body does not have: by turns the connection closes before it is reached, or more bytes follow behind it.</summary>
    WrongLength,

    /// <summary>Half of the body in a good chunk, then a chunk size that is no number.</summary>
    ChunkGarbage,

    /// <summary>100 MB of body: by turns with its length told, and in chunks.</summary>
    Huge,

    /// <summary>A body of some 100 KB that gzip makes 100 MB of.</summary>
    GzipBomb,

    /// <summary>10,000 header lines.</summary>
    ManyHeaders,

    /// <summary>A redirect to an address of the service that counts who comes.</summary>
    Redirect,

    /// <summary>A redirect to the very page that the fragment was asked for.</summary>
    RedirectToPage,

    /// <summary>By turns bytes that are no UTF-8, and a NUL.</summary>
    BadText,

    /// <summary>100,000 elements inside each other.</summary>
    DeepNesting,

    /// <summary>An element with 40,000 attributes.</summary>
    Attributes,

    /// <summary>Thousands of formatting elements that are closed in the wrong order.</summary>
    Formatting,

    /// <summary>Includes of every dialect, the gateway's own among them, that point to an address of the service that counts who comes.</summary>
    Includes,

    /// <summary>The right answer with a cookie that may be set and nine of 3 KB that may not.</summary>
    Cookies,

    /// <summary>Status 500.</summary>
    Status500,

    /// <summary>Status 503.</summary>
    Status503,

    /// <summary>No byte of an answer for 30 s.</summary>
    Hang,

    /// <summary>The connection closes without an answer.</summary>
    Close,
}
