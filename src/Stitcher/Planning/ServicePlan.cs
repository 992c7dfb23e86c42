using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Configuration;
using Stitcher.Manifests;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>A service, decided ahead of requests.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Cluster">The reverse proxy's cluster.</param>
/// <param name="Trust">What its markup may do.</param>
/// <param name="Nested">Its fragments may contain slots.</param>
/// <param name="ScriptSources">The inline scripts it may bring, as sources of a Content-Security-Policy.</param>
/// <param name="Client">Asks it.</param>
/// <param name="Paths">The configured fragments' paths by name; they beat the manifest's.</param>
/// <param name="HasManifest">It publishes a manifest.</param>
/// <param name="Assets">The route patterns of what browsers may fetch from it.</param>
internal sealed record ServicePlan(
    string Name,
    string Cluster,
    TrustLevel Trust,
    bool Nested,
    ImmutableArray<string> ScriptSources,
    ServiceClient Client,
    FrozenDictionary<string, string> Paths,
    bool HasManifest,
    AssetPaths Assets)
{
    /// <summary>What its answers may be.</summary>
    public required ResponseTerms Terms { get; init; }

    /// <summary>The cookies that its fragments may set.</summary>
    public FrozenSet<string> SetCookies { get; init; } = [];

    /// <summary>The time of an optional slot that says none itself.</summary>
    public required TimeSpan OptionalTime { get; init; }

    /// <summary>The time of a primary or required slot that says none itself.</summary>
    public required TimeSpan DecidingTime { get; init; }

    /// <summary>What its fragments may know of a request.</summary>
    public ImmutableArray<ForwardedValue> Forwarded { get; init; } = [];

    /// <summary>The request headers whose values are part of its fragments' keys: an answer that varies by one of them may be remembered.</summary>
    public ImmutableArray<string> KeyedHeaders { get; init; } = [];

    /// <summary>Tells it who asks; null for a service that need not know.</summary>
    public ServiceIdentity? Identity { get; init; }

    /// <summary>It may sign users in and out.</summary>
    public bool SignsIn { get; init; }

    /// <summary>What is remembered of answers to requests that say who asks.</summary>
    public PrivateAnswers Private { get; init; }

    /// <summary>What it answers is for the one who asks: nobody may keep a page that shows it.</summary>
    public bool IsPersonal => Identity is not null || Private == PrivateAnswers.Partitioned || Forwarded.Any(static value => value.IsPersonal);
}
