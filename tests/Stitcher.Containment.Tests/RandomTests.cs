using CsCheck;
using Stitcher.Configuration;
using Stitcher.Containment.Tests.Inputs;
using Stitcher.Containment.Tests.Judges;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class RandomTests(ITestOutputHelper output)
{
    [Fact]
    public void No_bytes_whatever_change_a_page_outside_their_slot()
    {
        NodeJudge.Get();
        var report = new Report();
        Gen.Select(RandomFragments.Any, Gen.OneOf<Place>([.. Places.All]), Gen.Enum<TrustLevel>()).Sample(
            (bytes, place, trust) =>
            {
                var trial = new Trial(bytes, place, trust);
                var verdict = trial.Verdict ?? Unsettled(trial, trust);
                report.Add(trial, verdict);
                return verdict is null;
            },
            output.WriteLine,
            iter: Effort.Cases,
            threads: 2,
            print: t => new Trial(t.Item1, t.Item2, t.Item3) is var trial ? $"{trial.Verdict ?? Unsettled(trial, t.Item3)}\n{t.Item3} {trial}" : "");
        report.Finish("random", output);
    }

    // What is shown is settled: compiled once more it is the same, so nothing in it means something else the second time it is read.
    private static string? Unsettled(Trial trial, TrustLevel trust)
    {
        if (trial.Shown.Length == 0 || trial.Shown.StartsWith('\uFEFF'))
        {
            return null;
        }

        var again = new Trial(trial.Shown, trial.Place, trust);
        return again.Shown == trial.Shown ? null : $"compiled again: {again.Refusal ?? again.Shown}";
    }
}
