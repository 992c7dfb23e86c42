using Stitcher.Configuration;
using Stitcher.Containment.Tests.Inputs;
using Stitcher.Containment.Tests.Judges;
using Xunit;

namespace Stitcher.Containment.Tests;

public sealed class BrowserTests(ITestOutputHelper output)
{
    [Fact]
    public void A_browser_too_sees_no_page_changed_outside_its_slot()
    {
        var trials = new List<Trial>();
        trials.AddRange(FoundEscapes.All.Select(found => new Trial(found.Html, Places.Named(found.Place))));
        trials.AddRange(FoundEscapes.All.SelectMany(found => Places.All, (found, place) => new Trial(found.Html, place, TrustLevel.Trusted)));
        trials.AddRange(RealisticFragments.All.Select(fragment => new Trial(fragment.Html, Places.Named(fragment.Place))));
        if (Html5libInputs.AreThere)
        {
            trials.AddRange(Html5libInputs.Get().Select((input, i) => new Trial(input, Places.All[i % Places.All.Count])));
        }

        var shown = trials.Where(trial => trial.Shown.Length > 0).ToList();
        var answers = BrowserJudge.Ask(
            [.. shown.Select(trial => (trial.Around, trial.Shown))],
            [.. shown.Where(DependsOnScripts).Take(80).Select(trial => (trial.Around, trial.Shown))]);
        output.WriteLine($"{answers.Browser}: {trials.Count} fragments, {shown.Count} shown, {answers.Live.Length} of them with scripts running");
        var escapes = shown.Zip(answers.Parsed).Where(pair => pair.Second is not null).Select(pair => $"{pair.Second}\n  {pair.First}").ToList();
        escapes.AddRange(answers.Live.OfType<string>().Select(escape => "with scripts: " + escape));
        Assert.True(escapes.Count == 0, $"{escapes.Count} escaped:\n{string.Join("\n\n", escapes.Take(20))}");
    }

    [Fact]
    public void What_once_got_out_stays_in()
    {
        var escapes = FoundEscapes.All.Select(found => new Trial(found.Html, Places.Named(found.Place)))
            .Select(trial => (trial, trial.Verdict)).Where(pair => pair.Verdict is not null).ToList();
        Assert.True(escapes.Count == 0, string.Join("\n\n", escapes));
    }

    // Whether a browser reads the page otherwise when it opens it than when it only parses it.
    private static bool DependsOnScripts(Trial trial) =>
        trial.Place.Name == "noscript"
        || trial.Shown.Contains("<noscript", StringComparison.OrdinalIgnoreCase)
        || trial.Shown.Contains("shadowrootmode", StringComparison.OrdinalIgnoreCase);
}
