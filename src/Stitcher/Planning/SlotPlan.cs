using System.Collections.Immutable;
using Stitcher.Browser;
using Stitcher.Parsing;
using Stitcher.Upstream;

namespace Stitcher.Planning;

/// <summary>A slot, decided ahead of requests.</summary>
internal sealed record SlotPlan
{
    public required int Index { get; init; }

    public required ServicePlan Service { get; init; }

    public required string Fragment { get; init; }

    public required SlotRole Role { get; init; }

    /// <summary>The time from the page's start to the fragment's last byte.</summary>
    public required TimeSpan Timeout { get; init; }

    public required SlotContext Context { get; init; }

    /// <summary>What is shown when the fragment cannot be.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The content is more than blanks and comments.</summary>
    public required bool HasContent { get; init; }

    /// <summary>Its content goes out at once, the fragment follows at the end of the page.</summary>
    public bool IsDeferred { get; init; }

    /// <summary>Another fragment, tried when this one fails.</summary>
    public SlotPlan? Fallback { get; init; }

    /// <summary>Null while the service's manifest does not name the fragment.</summary>
    public required TargetTemplate? Target { get; init; }

    /// <summary>The same for every request: the question to the service, made once.</summary>
    public UpstreamRequest? FixedRequest { get; init; }

    /// <summary>The key of <see cref="FixedRequest"/>'s answer, as far as no request changes it.</summary>
    public string? FixedKey { get; init; }

    /// <summary>The fields of the key before the target.</summary>
    public required string KeyStart { get; init; }

    /// <summary>What the service's fragments may know of a request, with the places among the page's values.</summary>
    public ImmutableArray<ForwardedValue> Forwarded { get; init; } = [];

    /// <summary>Neither what is sent nor what the answer is remembered by depends on who asks.</summary>
    public bool IsForAnybody { get; init; }

    /// <summary>Everything beside the bytes that compiled markup depends on.</summary>
    public required string Scope { get; init; }

    /// <summary>Who is held to have sent the bytes.</summary>
    public required FragmentOrigin Origin { get; init; }

    /// <summary>Style sheets that the manifest names for the fragment.</summary>
    public required ImmutableArray<HeadPart> Styles { get; init; }

    /// <summary>The same style sheets as preloads: told ahead while the fragment is still on its way, without holding up the page.</summary>
    public required ImmutableArray<HeadPart> StylePreloads { get; init; }

    public string Address => $"{Service.Name}/{Fragment}";

    /// <summary>The module that comes with the fragment, as pages import it; null when there is none, or its service may not bring any.</summary>
    public string? Module { get; init; }

    /// <summary>The module is wanted later than the fragment, if at all: nobody fetches it ahead.</summary>
    public bool IsLazy { get; init; }

    /// <summary>Starts the module when the fragment is there; null when the service leaves that to the page.</summary>
    public StartScript? Start { get; init; }
}
