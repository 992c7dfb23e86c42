namespace Stitcher.Federation;

/// <summary>Names of the headers that a gateway and its services exchange, each with who sets it and who reads it.</summary>
/// <remarks>Everything that begins with <c>Stitcher-</c> belongs to the gateway: what a browser sends under such a name is dropped.</remarks>
public static class FragmentHeaders
{
    /// <summary>Set by the gateway on every request for a fragment, read by the service: the name of the fragment that is asked for, without its service.</summary>
    public const string Fragment = "Stitcher-Fragment";

    /// <summary>Set by the gateway, read by the service: the time that is left for the whole answer, in whole milliseconds.</summary>
    public const string DeadlineMilliseconds = "Stitcher-Deadline-Ms";

    /// <summary>Set by the gateway, read by the service: 2 on a repeated request. A first attempt carries no such header.</summary>
    public const string Attempt = "Stitcher-Attempt";

    /// <summary>Set by the gateway on every request for a fragment, read by the service for its log: the name of the request for the page, which people see on an error page.</summary>
    public const string RequestId = "X-Request-Id";

    /// <summary>Set by the gateway, read by a service that is configured to know who asks: a signed token for this service alone. Absent when nobody is signed in.</summary>
    public const string Identity = "Stitcher-Identity";

    /// <summary>
    /// Set by a service that may sign users in, on its answer to a form, and read by the gateway alone: the session it is to make, JSON in base64url such as
    /// <c>{"sub":"42","name":"Maren","role":["admin"]}</c>, or <see cref="SessionEnd"/>. Kept from browsers, whoever sends it.
    /// </summary>
    public const string Session = "Stitcher-Session";

    /// <summary>The value of <see cref="Session"/> that ends the session: <c>end</c>.</summary>
    public const string SessionEnd = "end";

    /// <summary>
    /// Set by the gateway on its pages and by a live page on the fragments it asks for later, read by both:
    /// which import map the page was made with. Never passed on to a service.
    /// </summary>
    public const string Generation = "Stitcher-Generation";

    /// <summary>
    /// Set by the service on a 400, read by the gateway alone: the names of the query parameters whose values it does not take, separated by commas. What the reader's
    /// address said for them is then left out, and the fragment asked for again; without this header all that the address said is.
    /// </summary>
    public const string Refused = "Stitcher-Refused";

    /// <summary>Set by the service, read by the gateway: the tags a fragment can be purged by, separated by spaces.</summary>
    public const string SurrogateKey = "Surrogate-Key";

    /// <summary>
    /// Set by the service, read by the gateway alone: how long the gateway may keep and show the answer, in place of <c>Cache-Control</c>,
    /// which then speaks to all other caches. A structured field (RFC 9213), such as <c>max-age=60, stale-if-error=600</c>.
    /// </summary>
    public const string CacheControl = "Stitcher-Cache-Control";
}
