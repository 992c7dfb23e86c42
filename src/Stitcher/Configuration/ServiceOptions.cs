using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>A service that publishes fragments: a cluster of the reverse proxy, and what its fragments may do.</summary>
public sealed class ServiceOptions
{
    /// <summary>The name that slots use before the slash: <c>products</c> in <c>products/ProductCard</c>.</summary>
    /// <value>Required. Lower-case letters, digits and hyphens; unique among services.</value>
    [Required]
    [RegularExpression("[a-z0-9-]+")]
    public string Name { get; set; } = "";

    /// <summary>The reverse proxy's cluster that says where the service lives.</summary>
    /// <value>A key of <c>ReverseProxy:Clusters</c>. Default: the service's own name.</value>
    public string? Cluster { get; set; }

    /// <summary>How far the service's markup is trusted.</summary>
    /// <value>Default: <see cref="TrustLevel.Markup"/>, the safest.</value>
    public TrustLevel Trust { get; set; } = TrustLevel.Markup;

    /// <summary>Whether the service's fragments may contain slots of their own; without it a slot inside a fragment is an unknown element.</summary>
    /// <value>Default: <c>false</c>.</value>
    public bool Nested { get; set; }

    /// <summary>The hashes of the inline scripts that a <c>Trusted</c> service's fragments may bring.</summary>
    /// <value>Sources as in a Content-Security-Policy, without quotes: <c>sha256-…</c>. Default: none.</value>
    public IList<string> ScriptHashes { get; } = [];

    /// <summary>The cookies that the service's fragments may set in browsers. All others are taken out of its answers.</summary>
    /// <value>Names, where case counts; none that begins with <c>__Host-</c> or <c>__Secure-</c>. Default: none. At most 4 of one fragment and 12 of one page
    /// are set, 1 KB each and 4 KB together.</value>
    public IList<string> SetCookies { get; } = [];

    /// <summary>Whether the service is asked for compressed fragments. It saves bytes on a network between gateway and service, and costs time on a machine of both.</summary>
    /// <value>Default: <c>false</c>, it is asked for <c>identity</c>. With <c>true</c> it may answer with <c>gzip</c>.</value>
    public bool Compression { get; set; }

    /// <summary>Whether a fragment may end with its connection, as servers of HTTP/1.0 have it: without <c>Content-Length</c> and without chunks.</summary>
    /// <value>Default: <c>false</c>, such an answer is a failure, since one that was cut looks like one that is whole. With <c>true</c> it is shown and
    /// never remembered.</value>
    public bool EndsWithConnection { get; set; }

    /// <summary>What the service's fragments may know of the request for a page.</summary>
    public ForwardOptions Forward { get; set; } = new();

    /// <summary>Whether the service is told who asks.</summary>
    public ServiceIdentityOptions Identity { get; set; } = new();

    /// <summary>Whether the service may sign users in and out: its answers to forms may carry the header <c>Stitcher-Session</c>, of which the gateway makes its session.</summary>
    /// <value>Default: <c>false</c>. Whoever may do this may be anybody; it belongs to the one service that knows passwords.</value>
    public bool SignsIn { get; set; }

    /// <summary>What is remembered of answers to requests that carried a forwarded cookie or said who asks.</summary>
    /// <value>Default: <see cref="PrivateAnswers.NotStored"/>.</value>
    public PrivateAnswers Private { get; set; } = PrivateAnswers.NotStored;

    /// <summary>The path on the service of what it publishes about itself.</summary>
    /// <value>A path that begins with <c>/</c>, usually <c>/.well-known/stitcher.json</c>. Default: none; then <see cref="Fragments"/> names all it has.</value>
    public string? Manifest { get; set; }

    /// <summary>Fragments of a service without a manifest, or overrides of what its manifest says.</summary>
    public IList<FragmentOptions> Fragments { get; } = [];

    /// <summary>The paths of the service that browsers may fetch through <c>/_s/&lt;service&gt;/…</c>.</summary>
    /// <value>Route patterns that begin with <c>/</c>. Default: <c>/assets/{**path}</c>; what is configured replaces it, and an empty list shows nothing.</value>
    public IList<string> Assets { get; } = ["/assets/{**path}"];

    /// <summary>How much time, how many questions and how much patience the service gets.</summary>
    public ResilienceOptions Resilience { get; set; } = new();
}
