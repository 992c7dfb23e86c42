using System.ComponentModel.DataAnnotations;

namespace Stitcher.Configuration;

/// <summary>How the services' manifests are read, how one import map is made of them, and how long files of past deployments are kept.</summary>
public sealed class FederationOptions
{
    /// <summary>The time between two looks at a manifest; each look is spread by up to a tenth of it.</summary>
    /// <value>100 ms to 1 day. Default: 5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest time one look at a manifest may take.</summary>
    /// <value>50 ms to 60 s. Default: 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the last good manifest of a service that does not answer keeps its vote. After that the service takes no part in the import map.</summary>
    /// <value>1 min to 30 days. Default: 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan LastKnownGood { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long the files of a replaced revision stay reachable, for pages that were made with it: at least as long as anybody may keep a page.</summary>
    /// <value>1 min to 30 days. Default: 1 day, the longest time that pages may be kept unless <see cref="PageOptions.LongestFreshness"/> says otherwise.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>The folder in which the last good manifests and their files outlive the gateway, so that one that starts during an outage knows them. Taken at start.</summary>
    /// <value>A path relative to the working folder, or an absolute one; of this gateway alone. Default: none, nothing outlives it.</value>
    public string? StateFolder { get; set; }

    /// <summary>The memory for files that published manifests name: they are fetched once, checked against their hashes and served when their service is down. Taken at start.</summary>
    /// <value>0 (none is kept) to 4 GB, in bytes. Default: 64 MB. One file may have 4 MB; larger ones are asked of their service each time.</value>
    [Range(typeof(long), "0", "4294967296")]
    public long KeptAssetBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Whether pages tell browsers to refuse every script without a known hash (<c>Integrity-Policy</c>).</summary>
    /// <value>Default: <c>false</c>. With <c>true</c> all services have to publish hashes, and the layouts' own scripts need an <c>integrity</c> attribute.</value>
    public bool IntegrityPolicy { get; set; }

    /// <summary>Up to how many specifiers a page gets the whole map; beyond that it gets what its services can reach, and what its option <c>Imports</c> names.</summary>
    /// <value>0 (always only what it can reach) to 10,000. Default: 100, for which a map has about 1.6 KB compressed, or 7 KB with hashes.</value>
    [Range(0, 10_000)]
    public int WholeMapEntries { get; set; } = 100;

    /// <summary>Whether the import map offers the gateway's own modules <c>@stitcher/bus</c> and <c>@stitcher/live</c>, and pages start them as soon as any service has a manifest.</summary>
    /// <value>Default: <c>true</c>. With <c>false</c> the site's own scripts have to start the fragments' modules.</value>
    public bool Runtime { get; set; } = true;

    /// <summary>Which of equally good offers of a package wins.</summary>
    /// <value>Default: <see cref="WinnerChoice.Highest"/>.</value>
    public WinnerChoice Strategy { get; set; } = WinnerChoice.Highest;

    /// <summary>What becomes of a strict singleton whose range refuses the winner.</summary>
    /// <value>Default: <see cref="StrictConflict.Isolate"/>.</value>
    public StrictConflict StrictConflict { get; set; } = StrictConflict.Isolate;

    /// <summary>Whether a soft singleton stays on its own major version (for 0.x its minor one) while it has a copy of its own.</summary>
    /// <value>Default: <c>false</c>, it is moved to the winner and told so.</value>
    public bool SoftLimitMajor { get; set; }

    /// <summary>Whether all packages of one npm scope (<c>@scope/…</c>) come from one build.</summary>
    /// <value>Default: <c>false</c>.</value>
    public bool FamilyPerScope { get; set; }

    /// <summary>The service that the pages belong to: its packages win over higher versions of others.</summary>
    /// <value>The name of a service. Default: none.</value>
    public string? Host { get; set; }

    /// <summary>Whether the packages of <see cref="Host"/> win over higher versions.</summary>
    /// <value>Default: <c>true</c>.</value>
    public bool HostPrecedence { get; set; } = true;

    /// <summary>Wishes for single packages. Names are unique.</summary>
    public IList<PackagePolicyOptions> Packages { get; } = [];

    /// <summary>Who may serve packages to others; the first rule that names a package counts.</summary>
    /// <value>Default: none, every service serves those with its own trust level or a lower one.</value>
    public IList<ProviderRuleOptions> Providers { get; } = [];
}
