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
                var verdict = trial.Verdict;
                report.Add(trial, verdict);
                return verdict is null;
            },
            output.WriteLine,
            iter: Effort.Cases,
            threads: 2,
            print: t => new Trial(t.Item1, t.Item2, t.Item3) is var trial ? $"{trial.Verdict}\n{t.Item3} {trial}" : "");
        report.Finish("random", output);
    }
}
