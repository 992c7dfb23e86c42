using System.Text;
using Stitcher.Configuration;

namespace Stitcher.Parsing;

/// <summary>
/// Parses a few things before the gateway says it is ready. Cold code is some ten times slower: the first fragment of a fresh
/// process took 70 to 300 ms to parse, more than any fragment is given.
/// </summary>
internal sealed class ParserWarmUp(FragmentParser parser)
{
    private const int MostRounds = 40;

    // About twice what a round takes when everything is compiled.
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(4);

    private static readonly ParseLimits Limits = new(100_000, 256, TimeSpan.FromSeconds(30));
    private static readonly FragmentOrigin Origin = new("warm-up", TrustLevel.App, "/fragments/warm-up");

    // Something of each kind: in order, out of order, with addresses to rewrite, and a whole document.
    private static readonly byte[][] Samples =
    [
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
            "<article class=\"card\"><a href=\"/p/1\"><img src=\"../assets/1.svg\" alt='a \"b\"' width=3></a><h3>Title &amp; more</h3><p>Text <b>bold</b> &mdash; end</p></article>", 12))),
        Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(
            "<ul><li>one<li>two <b>bold<i>both</b>rest</i></ul><table><tr><td>1<td>2</table><p>open<div style=\"background:url(x.png)\">in</div><svg viewBox='0 0 1 1'><path d='M0 0'/></svg>", 6))),
        Encoding.UTF8.GetBytes(
            "<!doctype html><html lang=en><head><title>t</title><meta name=description content=d><link rel=stylesheet href=a.css><style>p{color:red}</style></head><body><main><form><select><option>1</select><textarea>x</textarea></form></main></body></html>"),
    ];

    /// <summary>Parses until it is quick, or as often as makes sense.</summary>
    public void Run()
    {
        var clock = ThreadTimeProvider.Instance;
        for (var round = 0; round < MostRounds; round++)
        {
            var start = clock.GetTimestamp();
            foreach (var sample in Samples)
            {
                parser.Parse(sample, Origin, SlotContext.Body, Limits);
            }

            if (clock.GetElapsedTime(start) < Warm)
            {
                return;
            }
        }
    }
}
