using Stitcher.Containment.Tests.Inputs;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class Html5libTests(ITestOutputHelper output)
{
    [Fact]
    public void No_input_of_the_html5lib_suite_changes_a_page_outside_its_slot()
    {
        var inputs = Html5libInputs.Get();
        var report = new Report();
        foreach (var place in Places.All)
        {
            foreach (var input in inputs)
            {
                var trial = new Trial(input, place);
                report.Add(trial, trial.Verdict);
            }
        }

        report.Finish("html5lib", output);
    }
}
