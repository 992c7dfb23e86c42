namespace Stitcher.Configuration;

/// <summary>What a service's fragments may know of the request for a page. All of it is part of what their answers are remembered by.</summary>
public sealed class ForwardOptions
{
    /// <summary>The cookies that are sent on, by name. No other cookie ever reaches the service.</summary>
    /// <value>Names, where case counts; never the gateway's own: those of its sign-in, <c>.AspNetCore.…</c>, <c>__Host-…</c> and <c>__Secure-…</c>. Default: none.
    /// An answer to a request with such a cookie is remembered only as <see cref="ServiceOptions.Private"/> says.</value>
    public IList<string> Cookies { get; } = [];

    /// <summary>The request headers that are sent on, by name.</summary>
    /// <value>At most 8 names, since every one of them multiplies what must be remembered. Names that would tell a service more than the operator meant, or
    /// something else than the gateway means, are refused with the reason. A value of more than 4,096 characters, or with others than printable ASCII, is left out. Default: none.</value>
    public IList<string> Headers { get; } = [];

    /// <summary>Whether <c>Accept-Language</c> is sent: one language of the page's <see cref="PageOptions.Languages"/>, the one that the browser likes best.</summary>
    /// <value>Default: <c>false</c>.</value>
    public bool Language { get; set; }

    /// <summary>Whether <c>X-Forwarded-Host</c> and <c>X-Forwarded-Proto</c> are sent: the address that the browser asked. <c>AllowedHosts</c> bounds how many there are.</summary>
    /// <value>Default: <c>false</c>.</value>
    public bool PublicAddress { get; set; }

    /// <summary>Whether <c>X-Forwarded-For</c> is sent: the client's address as the connection has it, or as the host's forwarded headers middleware
    /// takes it from known proxies. What the client itself writes there is dropped.</summary>
    /// <value>Default: <c>false</c>. Fragments are remembered for each address by itself, and a page with one is kept by nobody.</value>
    public bool ClientAddress { get; set; }
}
