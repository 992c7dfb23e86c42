using System.Text;
using Stitcher.Configuration;
using Stitcher.Containment.Tests.Judges;
using Stitcher.Parsing;

namespace Stitcher.Containment.Tests;

/// <summary>One fragment, compiled for one place as the gateway compiles it.</summary>
internal sealed class Trial
{
    // Whether a fragment stays in its slot must not depend on how fast this machine is; what a parse may cost is another test's business.
    public static readonly ParseLimits Patient = new(10_000, 256, TimeSpan.FromSeconds(10));

    private static readonly FragmentParser Parser = new(TimeProvider.System);
    private static readonly ParserJudge Own = new();

    public Trial(ReadOnlyMemory<byte> bytes, Place place, TrustLevel trust = TrustLevel.App)
    {
        Place = place;
        Sent = Encoding.UTF8.GetString(bytes.Span);
        var origin = new FragmentOrigin("any", trust, "/any");
        var result = Parser.Parse(bytes, origin, place.Context, Patient);
        Refusal = result.Refusal;
        Head = result.Markup?.Head ?? [];
        Shown = result.Markup is { } markup && !place.Context.InHead ? string.Concat(markup.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span))) : "";
        Proven = FragmentParser.TryProve(bytes.Span, origin, place.Context, Patient, out var proven)
            ? string.Concat(proven.Markup!.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)))
            : null;
        Mended = Proven is null && FragmentParser.TryMend(bytes.Span, origin, place.Context, Patient, out var mended)
            ? string.Concat(mended.Markup!.Pieces.Select(p => Encoding.UTF8.GetString(p.Bytes.Span)))
            : null;
    }

    public Trial(string text, Place place, TrustLevel trust = TrustLevel.App)
        : this(Encoding.UTF8.GetBytes(text), place, trust)
    {
    }

    public Place Place { get; }

    public string Sent { get; }

    /// <summary>Why the fragment was refused; its slot then stays empty.</summary>
    public string? Refusal { get; }

    /// <summary>What the page shows of it.</summary>
    public string Shown { get; }

    public IReadOnlyList<HeadPart> Head { get; }

    public bool IsUnchanged => Refusal is null && Shown == Sent;

    /// <summary>What the page shows when the scanner vouches for the bytes; null when it does not.</summary>
    public string? Proven { get; }

    /// <summary>What the page shows when only end tags are amiss; null when more is.</summary>
    public string? Mended { get; }

    public Surroundings Around => Head.Count == 0 ? Place.Empty : Place.Around(Head);

    /// <summary>How it got out of its slot according to the parser that Stitcher uses, or null.</summary>
    public string? OwnVerdict => (Shown.Length == 0 ? null : Own.Escape(Around, Shown)) ?? (Head.Count == 0 ? null : Own.Escape(Place.AroundHead, Place.Text(Head)));

    /// <summary>How it got out of its slot according to parse5, or null.</summary>
    public string? SecondVerdict =>
        (Shown.Length == 0 ? null : NodeJudge.Get().Escapes(Around, Shown)[0])
        ?? (Head.Count == 0 ? null : NodeJudge.Get().Escapes(Place.AroundHead, Place.Text(Head))[0]);

    /// <summary>How what was mended gets out of its slot, or is not what parse5 reads in the fragment's own bytes; or null.</summary>
    public string? VerdictOnMending =>
        Mended is { } mended ? Own.Escape(Place.Empty, mended) ?? NodeJudge.Get().Difference(Place.Empty, mended, Sent, Place.Inside) : null;

    public string? Verdict => VerdictOnMending is { } mending ? $"mended to {Mended}: {mending}" : Proven is { } proven && proven != Shown ? "the scanner showed " + proven : OwnVerdict is { } own ? "own parser: " + own : SecondVerdict is { } second ? "parse5: " + second : null;

    public override string ToString() => $"in {Place}: {Sent}\n  shown as: {Shown}\n  head: {Place.Text(Head)}\n  refused: {Refusal}";
}
