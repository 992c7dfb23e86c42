using Stitcher.Containment.Tests.Inputs;
using Stitcher.Containment.Tests.Judges;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class RealisticTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_realistic_fragment_comes_through_and_one_that_is_whole_byte_for_byte()
    {
        var report = new Report();
        var problems = new List<string>();
        foreach (var fragment in RealisticFragments.All)
        {
            var trial = new Trial(fragment.Html, Places.Named(fragment.Place));
            report.Add(trial, trial.Verdict);
            if (trial.Refusal is { } refusal)
            {
                problems.Add($"{fragment} was refused: {refusal}");
            }
            else if (fragment.IsWhole && !trial.IsUnchanged)
            {
                problems.Add($"{fragment} was rewritten: {trial.Shown}");
            }
        }

        Assert.InRange(RealisticFragments.All.Count, 300, int.MaxValue);
        output.WriteLine($"{RealisticFragments.All.Count} fragments");
        Assert.True(problems.Count == 0, $"{problems.Count}:\n{string.Join('\n', problems)}");
        report.Finish("realistic", output);
    }

    [Fact]
    public void A_page_shows_of_every_realistic_fragment_what_a_second_parser_reads_in_its_bytes()
    {
        var judge = NodeJudge.Get();
        var problems = new List<string>();
        foreach (var fragment in RealisticFragments.All)
        {
            var place = Places.Named(fragment.Place);
            var trial = new Trial(fragment.Html, place);
            if (judge.Difference(place.Empty, trial.Shown, fragment.Html, place.Inside) is { } difference)
            {
                problems.Add($"{fragment}: {difference}");
            }
        }

        Assert.True(problems.Count == 0, $"{problems.Count}:\n{string.Join('\n', problems)}");
    }
}
