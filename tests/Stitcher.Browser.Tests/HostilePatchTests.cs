using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Browser.Tests;

/// <summary>A fragment speaks the language of deferred slots, to write where it has no business.</summary>
public sealed class HostilePatchTests(RealBrowser browser)
{
    // The slots are numbered in document order: 0 is hostile, 1 and 2 are deferred.
    private const string Layout =
        """
        <p id="before">before</p>
        <div id="hostile"><fragment src="hostile/X" timeout="30s"></fragment></div>
        <aside><fragment src="honest/X" defer timeout="30s"><p id="own">own</p></fragment></aside>
        <section><fragment src="hostile/Late" defer timeout="30s"><p>none yet</p></fragment></section>
        <p id="after">after</p>
        """;

    // What stands outside of the two hostile slots.
    private const string Outside =
        """
        (() => {
          const page = document.documentElement.cloneNode(true);
          for (const slot of page.querySelectorAll('#hostile, section')) slot.replaceChildren();
          return page.outerHTML;
        })()
        """;

    // What it is where nobody attempts anything, by whether the browser is the older one: the same for all attempts.
    private static readonly Dictionary<bool, string> Harmless = [];

    public static MatrixTheoryData<string, bool> Attempts => new(
        [
            "<template for=\"stitcher-1\"><b>taken</b></template>",
            "<template for=stitcher-1><b>taken</b></template><script>0</script>",
            "<TEMPLATE FOR=stitcher-1><b>taken</b>",
            "<template><template for=\"stitcher-1\"><b>taken</b></template></template>",
            "<svg><template for=\"stitcher-1\"><b>taken</b></template></svg>",
            "<template shadowrootmode=open><template for=\"stitcher-1\"><b>taken</b></template></template>",
            "<?start name=\"stitcher-1\"><i>mine</i><?end>",
            "<!--?start name=\"stitcher-1\"--><i>mine</i><!--?end-->",
            "<?start name=\"stitcher-1\"><i>mine</i>",
            "<!--?start name=\"stitcher-1\"-->",
            "<?end>",
            "</template></div><template for=\"stitcher-1\"><b>taken</b></template>",
            "<p>fine</p><?marker name=\"stitcher-1\">",
            "<?start name=\"before\"><template for=\"before\"><b>taken</b></template>",
        ],
        [false, true]);

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task A_fragment_cannot_write_outside_its_slot_by_the_marks_of_deferred_ones(string attempt, bool isOlder)
    {
        var hostile = await OutsideAsync(attempt, isOlder);
        if (!Harmless.TryGetValue(isOlder, out var harmless))
        {
            Harmless[isOlder] = harmless = await OutsideAsync("", isOlder);
        }

        Assert.Equal(harmless, hostile);
        Assert.Contains("<aside><p id=\"honest\">honest</p></aside>", hostile, StringComparison.Ordinal);
    }

    private async Task<string> OutsideAsync(string fragment, bool isOlder)
    {
        var gate = new Gate();
        await using var services = await ScriptedService.StartAsync();
        services.Answers("/hostile", Answer.Html(fragment));
        services.Answers("/late", Answer.Html(fragment).After(gate));
        services.Answers("/honest", Answer.Html("<p id=\"honest\">honest</p>").After(gate));
        await using var gateway = await GatewayUnderTest.StartAsync(setup => setup
            .Service("hostile", services.Address, "X=/hostile", "Late=/late").With("Trust", "App")
            .Service("honest", services.Address, "X=/honest")
            .Page("/", Layout, ("Deadline", "1m")));
        await using var window = await browser.OpenAsync(isOlder: isOlder);

        await window.GoUntilAsync(gateway.Address, "#after");
        gate.Open();
        await window.LoadedAsync();
        return await window.EvaluateAsync<string>(Outside);
    }
}
