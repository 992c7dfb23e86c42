namespace Stitcher.Configuration;

/// <summary>What the operator writes in the <c>Stitcher</c> section. An empty section is valid: a gateway without pages.</summary>
public sealed class StitcherOptions
{
    /// <summary>The name of the configuration section: <c>Stitcher</c>.</summary>
    public const string SectionName = "Stitcher";

    /// <summary>The folder of the layout files.</summary>
    /// <value>A path relative to the content root, or an absolute one. Default: <c>layouts</c>.</value>
    public string LayoutRoot { get; set; } = "layouts";

    /// <summary>The services that publish fragments. Names are unique.</summary>
    public IList<ServiceOptions> Services { get; } = [];

    /// <summary>The pages. Names and routes are unique.</summary>
    public IList<PageOptions> Pages { get; } = [];

    /// <summary>The site's own error pages, in the place of the gateway's: layouts without slots, so that showing one needs no service.</summary>
    /// <value>By status, from <c>400</c> to <c>599</c>, or <c>4xx</c> or <c>5xx</c> for all that have none of their own: a file inside <see cref="LayoutRoot"/>, in which <c>{status}</c> and
    /// <c>{request.id}</c> stand for the status and the number under which the logs know the request. Default: none.</value>
    public IDictionary<string, string> ErrorPages { get; } = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The listener for operators: health, and nothing that a browser should reach.</summary>
    public ManagementOptions Management { get; set; } = new();

    /// <summary>The readers that get deferred slots in their place, because they read a page once and in order: crawlers and link previews.</summary>
    /// <value>Words to look for in the <c>User-Agent</c> header, in any case. Default: the well-known ones; a list here takes their place.</value>
    public IList<string> InOrderAgents { get; } = [];

    /// <summary>Other origins from which pages may load scripts, styles, pictures and fonts; the Content-Security-Policy names them.</summary>
    /// <value>Origins such as <c>https://cdn.example.com</c>. Default: none, everything comes from the site itself.</value>
    public IList<string> AssetOrigins { get; } = [];

    /// <summary>Addresses of services that the gateway would otherwise not connect to: link-local ones, those of clouds' metadata, and loopback
    /// addresses behind a name other than <c>localhost</c>.</summary>
    /// <value>Addresses such as <c>169.254.10.7</c> or networks such as <c>169.254.10.0/24</c>. Default: none. Taken at start.</value>
    public IList<string> AllowedAddresses { get; } = [];

    /// <summary>Bounds on what one page, fragment or parse may cost.</summary>
    public LimitOptions Limits { get; set; } = new();

    /// <summary>How many requests one client may send.</summary>
    public RateLimitOptions RateLimit { get; set; } = new();

    /// <summary>The proxies in front of the gateway whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed.</summary>
    /// <value>IP addresses or networks, such as <c>10.0.0.0/8</c>. Default: none, what a request says of its client counts for nothing.</value>
    public IList<string> KnownProxies { get; } = [];

    /// <summary>How the gateway goes when it is asked to stop.</summary>
    public DrainOptions Drain { get; set; } = new();

    /// <summary>How fragments are remembered.</summary>
    public CacheOptions Cache { get; set; } = new();

    /// <summary>How services are told who asks.</summary>
    public IdentityOptions Identity { get; set; } = new();

    /// <summary>How several gateways share what they remember.</summary>
    public RedisOptions Redis { get; set; } = new();

    /// <summary>How the services' manifests are read.</summary>
    public FederationOptions Federation { get; set; } = new();

    /// <summary>What callers may be told about how a page was made.</summary>
    public DiagnosticsOptions Diagnostics { get; set; } = new();

    /// <summary>How the gateway keeps its users signed in.</summary>
    public SessionOptions Session { get; set; } = new();

    /// <summary>Other origins whose pages may send forms here. From everywhere else a request that changes something is refused (403), for a browser sends the session with it.</summary>
    /// <value>Origins such as <c>https://help.example.com</c>, as browsers name them. Default: none. Requests of programs, which name no origin, pass.</value>
    public IList<string> FormOrigins { get; } = [];
}
