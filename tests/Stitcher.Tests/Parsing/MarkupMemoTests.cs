using System.Text;
using Stitcher.Parsing;
using Xunit;

namespace Stitcher.Tests.Parsing;

public sealed class MarkupMemoTests
{
    [Fact]
    public void The_same_bytes_for_the_same_place_compile_to_the_same_markup()
    {
        var memo = new MarkupMemo();
        var compiled = Compiled("<p>x</p>");
        memo.Remember("<p>x</p>"u8, "main", compiled);
        Assert.True(memo.TryGet("<p>x</p>"u8, "main", out var again));
        Assert.Same(compiled.Markup, again.Markup);
        Assert.False(memo.TryGet("<p>x</p>"u8, "table", out _));
        Assert.False(memo.TryGet("<p>y</p>"u8, "main", out _));
    }

    [Fact]
    public void A_refusal_for_a_reason_that_lasts_is_remembered_and_one_for_a_slow_moment_is_not()
    {
        var memo = new MarkupMemo();
        memo.Remember("a"u8, "", MarkupResult.Refused("context: x"));
        memo.Remember("b"u8, "", MarkupResult.Refused("slow", lasts: false));
        Assert.True(memo.TryGet("a"u8, "", out _));
        Assert.False(memo.TryGet("b"u8, "", out _));
    }

    [Fact]
    public void It_does_not_grow_without_end_and_keeps_what_is_asked_for()
    {
        var memo = new MarkupMemo(capacity: 64 * 1024);
        memo.Remember("kept"u8, "", Compiled("kept"));
        for (var i = 0; i < 1_000; i++)
        {
            memo.Remember(Encoding.UTF8.GetBytes($"{i}"), "", Compiled(new string('x', 1_000)));
            Assert.True(memo.TryGet("kept"u8, "", out _));
        }

        var held = Enumerable.Range(0, 1_000).Count(i => memo.TryGet(Encoding.UTF8.GetBytes($"{i}"), "", out _));
        Assert.InRange(held, 1, 64);
    }

    private static MarkupResult Compiled(string html) => MarkupResult.Of(new Markup([new MarkupPiece(MarkupPieceKind.Literal, Encoding.UTF8.GetBytes(html))], [], []));
}
