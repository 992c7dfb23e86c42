namespace ProductService.Purging;

/// <summary>The setting <c>Gateway:Purge</c>: whom to tell that something has changed.</summary>
internal sealed class GatewayPurgeOptions
{
    public const string Section = "Gateway:Purge";

    /// <value>The gateway's management listener, <c>http://gateway:3001</c>. Default: none, and changes show when what is remembered has become old.</value>
    public Uri? Address { get; init; }

    /// <value>One of the gateway's <c>Stitcher:Management:Tokens</c> that names this service. With an address, this or <see cref="TokenFile"/> is required; give it by the variable <c>Gateway__Purge__Token</c>.</value>
    public string? Token { get; set; }

    /// <value>A file that holds the token and nothing else, where a platform hands out secrets as files. Read at start, when there is no <see cref="Token"/>. Default: none.</value>
    public string? TokenFile { get; init; }

    /// <value>
    /// How long whoever saved something waits for the gateway, 100 ms to 30 s; default 1.5 s, less than the 2 s that the till gives to the taking of stock. What takes
    /// longer is given up, and the change shows when what is remembered has become old.
    /// </value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1.5);
}
