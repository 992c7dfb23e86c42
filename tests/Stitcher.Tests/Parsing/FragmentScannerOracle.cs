using System.Text;
using Stitcher.Configuration;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

/// <summary>Asks the parser, which is the authority, whether what the scanner claims is so.</summary>
internal static class FragmentScannerOracle
{
    // No time limit: a busy machine is no counter-example.
    public static readonly ParseLimits Limits = new(Elements: 10_000, Depth: 256, TimeSpan.FromMinutes(10));

    private static readonly FragmentParser Parser = new(TimeProvider.System);

    public static FragmentOrigin Origin(TrustLevel trust) => new("shop", trust, "/fragments/card");

    public static bool Proves(byte[] html, SlotContext context, TrustLevel trust = TrustLevel.Markup, ParseLimits? limits = null) =>
        FragmentScanner.Proves(html, Origin(trust), context, limits ?? Limits);

    /// <returns>Null when the parser shows exactly these bytes and nothing else; otherwise what it does instead.</returns>
    public static string? Contradiction(byte[] html, SlotContext context, TrustLevel trust = TrustLevel.Markup, ParseLimits? limits = null)
    {
        var result = Parser.Parse(html, Origin(trust), context, limits ?? Limits);
        return result switch
        {
            { Refusal: { } refusal } => $"refused: {refusal}",
            { Markup: { Head.IsEmpty: true, Slots.IsEmpty: true, Inline.IsEmpty: true, Pieces: [{ Kind: MarkupPieceKind.Literal } piece] } } =>
                piece.Bytes.Span.SequenceEqual(html) ? null : $"written anew: {Encoding.UTF8.GetString(piece.Bytes.Span)}",
            _ => "other pieces than one literal",
        };
    }

    /// <returns>What the parser made of a fragment that it did not leave as it was; null when it left or refused it.</returns>
    public static byte[]? WrittenAnew(byte[] html, SlotContext context, TrustLevel trust) =>
        Parser.Parse(html, Origin(trust), context, Limits) is { Markup: { Head.IsEmpty: true, Inline.IsEmpty: true, Pieces: [{ Kind: MarkupPieceKind.Literal } piece] } }
        && !piece.Bytes.Span.SequenceEqual(html)

        // Moved to the front it is a byte order mark, which is not shown.
        && !piece.Bytes.Span.StartsWith("\uFEFF"u8)
            ? piece.Bytes.ToArray()
            : null;

    /// <summary>Fails when the scanner claims what the parser denies.</summary>
    /// <returns>Whether the scanner claimed anything.</returns>
    public static bool Agree(byte[] html, SlotContext context, TrustLevel trust = TrustLevel.Markup, ParseLimits? limits = null)
    {
        if (!Proves(html, context, trust, limits))
        {
            return false;
        }

        var contradiction = Contradiction(html, context, trust, limits);
        Assert.True(contradiction is null, $"in <{context.Ancestors}> (quirks: {context.Quirks}, {trust}, {limits ?? Limits}): {Encoding.UTF8.GetString(html)}\n{contradiction}");
        return true;
    }
}
