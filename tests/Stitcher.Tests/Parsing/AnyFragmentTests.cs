using System.Text;
using CsCheck;
using Stitcher.Configuration;
using Stitcher.Tests.Conventions;
using Xunit;

namespace Stitcher.Tests.Parsing;

/// <summary>For any bytes as a fragment, the page outside its slot is the same as with an empty slot.</summary>
public sealed class AnyFragmentTests
{
    private static readonly string[] Pieces =
    [
        "<div>", "</div>", "<p>", "</p>", "<a href=/x>", "</a>", "<b>", "</b>", "<i>", "</i>", "<nobr>", "<button>", "</button>", "<li>", "</li>", "<ul>", "</ul>",
        "<table>", "</table>", "<tbody>", "</tbody>", "<tr>", "</tr>", "<td>", "</td>", "<caption>", "</caption>", "<colgroup>", "<col>", "<select>", "</select>",
        "<option>", "</option>", "<optgroup>", "<h1>", "</h1>", "<h2>", "</h2>", "<form>", "</form>", "<input>", "<textarea>", "</textarea>", "<template>", "</template>",
        "<svg>", "</svg>", "<g>", "</g>", "<foreignObject>", "</foreignObject>", "<desc>", "<math>", "</math>", "<mi>", "</mi>", "<mtext>", "<mglyph>", "<annotation-xml>",
        "<style>", "</style>", "<script>", "</script>", "<title>", "</title>", "<noscript>", "</noscript>", "<iframe>", "</iframe>", "<xmp>", "</xmp>", "<plaintext>",
        "<frameset>", "<body class=x>", "</body>", "<html lang=x>", "</html>", "<head>", "</head>", "<!--", "-->", "--!>", "<!", "<?", "<![CDATA[", "]]>", "</", "<", ">", "&am", "&#", "&lt",
        "<font color=red>", "</font>", "<applet>", "</applet>", "<marquee>", "<object>", "</object>", "<dd>", "<dt>", "</dl>", "<ruby>", "<rt>", "<rp>", "<pre>\n", "</pre>", "<br>", "</br>", "<image>",
        "<hr>", "<details>", "<summary>", "</summary>", "</main>", "</section>", "</span>", "</my-app>", "<fragment src=a/B>", "<p title=\"", "\">", "'", "/>", "=", "x", " ", "\n", "\r", "text",
    ];

    private static readonly string[] Places = [.. SlotInLayout.Places.Keys];

    private static readonly string[] Fragments = [.. SomeFragments.All.Values];

    private static readonly Gen<string> Soup = Gen.OneOf<string>(Pieces).Array[0, 14].Select(string.Concat);

    private static readonly Gen<string> Mutant =
        Gen.Select(Gen.OneOf<string>(Fragments), Gen.Select(Gen.Int[0, 400], Gen.Int[0, 30], Gen.OneOf<string>(["", .. Pieces])).Array[1, 4]).Select((fragment, edits) =>
        {
            foreach (var (at, length, put) in edits)
            {
                var from = Math.Min(at, fragment.Length);
                fragment = fragment[..from] + put + fragment[Math.Min(from + length, fragment.Length)..];
            }

            return fragment;
        });

    [Fact]
    public void Any_soup_of_tags_stays_in_its_slot() => Holds(Soup, 4_000);

    [Fact]
    public void Any_damaged_fragment_stays_in_its_slot() => Holds(Mutant, 2_500);

    [Fact]
    public void Any_bytes_are_shown_inside_the_slot_or_refused() => Gen.Select(Gen.OneOf<string>(Places), Gen.Byte.Array[0, 64]).Sample(
        (place, bytes) => IsHeld(SlotInLayout.Places[place], bytes, TrustLevel.Markup), iter: 1_500);

    [Fact]
    public void The_inputs_of_the_standards_own_tests_stay_in_their_slots()
    {
        var folder = Path.Combine(Repository.Root.FullName, "../shared/data/html5lib");
        Assert.SkipUnless(Directory.Exists(folder), "The tree-construction inputs are not beside the project.");
        var inputs = Directory.EnumerateFiles(folder, "*.dat").SelectMany(InputsOf).Distinct().ToList();
        Assert.True(inputs.Count > 1_000);
        var escaped =
            from input in inputs
            from place in new[] { "main", "p", "table", "svg", "select", "template" }
            where !IsHeld(SlotInLayout.Places[place], Encoding.UTF8.GetBytes(input), TrustLevel.Trusted)
            select $"{place}: {input}";
        Assert.Empty(escaped);
    }

    private static IEnumerable<string> InputsOf(string file) =>
        from test in File.ReadAllText(file).Split("#data\n", StringSplitOptions.RemoveEmptyEntries)
        let end = test.IndexOf("\n#errors", StringComparison.Ordinal)
        where end > 0
        select test[..end];

    private static void Holds(Gen<string> fragments, long times) =>
        Gen.Select(Gen.OneOf<string>(Places), fragments, Gen.Enum<TrustLevel>()).Sample(
            (place, html, trust) => IsHeld(SlotInLayout.Places[place], Encoding.UTF8.GetBytes(html), trust), iter: times);

    private static bool IsHeld(SlotInLayout slot, byte[] bytes, TrustLevel trust) =>
        slot.Compile(bytes, trust) is var result && (result.Markup is not { } markup ? result.Refusal is not null : slot.IsContained(SlotInLayout.TextOf(markup)));
}
