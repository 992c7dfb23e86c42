using System.Collections.Frozen;
using System.Collections.Immutable;
using Stitcher.Configuration;
using Stitcher.Parsing;

namespace Stitcher.Planning;

/// <summary>A page, decided ahead of requests. Replaced whole when configuration, layout or manifests change.</summary>
internal sealed record PagePlan
{
    public required string Name { get; init; }

    public required string Route { get; init; }

    public required PageDelivery Delivery { get; init; }

    public required Markup Layout { get; init; }

    public required ImmutableArray<SlotPlan> Slots { get; init; }

    /// <summary>The values of a request that its slots want.</summary>
    public required ImmutableArray<ValueSource> Values { get; init; }

    /// <summary>The script element with the import map, or nothing.</summary>
    public required ReadOnlyMemory<byte> ImportMap { get; init; }

    /// <summary>What stands behind the map: the start of the gateway's own modules, and links to the modules that the page needs first.</summary>
    public ReadOnlyMemory<byte> Preloads { get; init; }

    /// <summary>The page starts the gateway's own browser modules.</summary>
    public bool StartsRuntime { get; init; }

    /// <summary>The head parts that <see cref="Preloads"/> are, by their keys.</summary>
    public FrozenSet<string> PreloadKeys { get; init; } = [];

    /// <summary>What the server tells of shared state; null where no service of the page speaks topics.</summary>
    public TopicSeeds? Topics { get; init; }

    /// <summary>It is one fragment with no page around it.</summary>
    public bool IsLone { get; init; }

    /// <summary>What a lone fragment's module imports, and where that leads.</summary>
    public ImmutableArray<ModuleResolution> Needs { get; init; } = [];

    /// <summary>Names the map of all pages that the page's was taken from; null without one.</summary>
    public string? Generation { get; init; }

    /// <summary>Browsers are told to refuse scripts without a hash.</summary>
    public bool IntegrityPolicy { get; init; }

    /// <summary>The largest body a fragment may have, in bytes.</summary>
    public required int FragmentBytes { get; init; }

    public required ParseLimits ParseLimits { get; init; }

    /// <summary>What a Content-Security-Policy allows the import map by; null without one.</summary>
    public required string? ImportMapSource { get; init; }

    /// <summary>Other origins that the page may load from.</summary>
    public required ImmutableArray<string> AssetOrigins { get; init; }

    /// <summary>Style attributes work on the page.</summary>
    public required bool InlineStyleAttributes { get; init; }

    /// <summary>The longest time anybody may keep the page.</summary>
    public required TimeSpan LongestFreshness { get; init; }

    /// <summary>What the page shows depends on who asks: nobody may keep it for another.</summary>
    public bool IsPersonal { get; init; }

    /// <summary>A query parameter that is given twice is nobody's to choose from.</summary>
    public bool RefusesRepeated { get; init; }

    /// <summary>The languages that fragments may be asked for, the first for everybody else.</summary>
    public ImmutableArray<string> Languages { get; init; } = [];

    /// <summary>Reads who asks; null when no service of the page wants to know.</summary>
    public VisitorReader? Visitors { get; init; }

    /// <summary>The request headers that the page may differ by.</summary>
    public string Vary { get; init; } = "Accept-Encoding";

    /// <summary>Plans the slots that fragments bring.</summary>
    public required NestedPlans Nested { get; init; }

    /// <summary>Who gets deferred slots in their place.</summary>
    public required ImmutableArray<string> InOrderAgents { get; init; }

    /// <summary>The slots whose answers settle the status, the primary first.</summary>
    public ImmutableArray<SlotPlan> Deciding { get; init; } = [];

    /// <summary>The answer to a form of the page is shown in it, as its primary.</summary>
    public bool ComposesAnswers { get; init; }

    /// <summary>Some fragment of the page, nested ones included, may set cookies.</summary>
    public bool MaySetCookies { get; init; }

    public bool HasDeferred { get; init; }

    public SlotPlan? Primary => Deciding is [{ Role: SlotRole.Primary } primary, ..] ? primary : null;
}
