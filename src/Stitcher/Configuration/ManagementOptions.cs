namespace Stitcher.Configuration;

/// <summary>The listener for operators.</summary>
public sealed class ManagementOptions
{
    /// <summary>The address the host listens on for <c>/health/live</c> and <c>/health/ready</c>.</summary>
    /// <value>An http or https address with a port that the public address does not have and without a path. Default: <c>http://127.0.0.1:3001</c>, reachable from this machine only.</value>
    public string Url { get; set; } = "http://127.0.0.1:3001";

    /// <summary>Who may purge remembered fragments (<c>POST /_stitcher/purge</c>) and push manifests (<c>POST /_stitcher/manifests/&lt;service&gt;</c>). Names are unique.</summary>
    /// <value>Default: nobody.</value>
    public IList<ManagementTokenOptions> Tokens { get; } = [];
}
