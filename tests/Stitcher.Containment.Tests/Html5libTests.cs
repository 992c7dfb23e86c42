using Stitcher.Containment.Tests.Inputs;
using Stitcher.Containment.Tests.Judges;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class Html5libTests(ITestOutputHelper output)
{
    // One in so many places each input is tried in on every run; the main place always.
    private const int Share = 8;

    [Fact]
    public void No_input_of_the_html5lib_suite_changes_a_page_outside_its_slot()
    {
        NodeJudge.Get();
        var inputs = Html5libInputs.Get();
        var report = new Report();
        Parallel.For(0, inputs.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            for (var p = 0; p < Places.All.Count; p++)
            {
                if (Effort.IsLong || (i + p) % Share == 0 || Places.All[p] == Places.Main)
                {
                    var trial = new Trial(inputs[i], Places.All[p]);
                    report.Add(trial, trial.Verdict);
                }
            }
        });
        output.WriteLine($"{inputs.Count} inputs");
        report.Finish("html5lib", output);
    }

    [Fact]
    public void Of_the_html5lib_suite_a_page_shows_what_can_be_shown()
    {
        var inputs = Html5libInputs.Get();
        var refused = inputs.Select(input => new Trial(input, Places.Main)).Where(trial => trial.Refusal is not null).ToList();
        output.WriteLine($"{refused.Count} of {inputs.Count} refused");

        // NUL bytes, plaintext, frames, parts of a table without a table, elements in a select that older browsers drop.
        Assert.InRange(refused.Count, 0, inputs.Count / 5);
    }
}
