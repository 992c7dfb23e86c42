using Microsoft.Extensions.Configuration;
using Stitcher.Configuration;
using Stitcher.Upstream;
using Xunit;

namespace Stitcher.Tests.Upstream;

public sealed class ResilienceSettingsTests
{
    [Theory]
    [InlineData("Retry", "false")]
    [InlineData("RetryPercent", "33")]
    [InlineData("RetryMinimum", "7")]
    [InlineData("Concurrency", "11")]
    [InlineData("FallbackConcurrency", "5")]
    [InlineData("Hedge", "true")]
    [InlineData("HedgeDelay", "90ms")]
    [InlineData("Circuit:FailurePercent", "25")]
    [InlineData("Circuit:MinimumCalls", "21")]
    [InlineData("Circuit:Sampling", "20s")]
    [InlineData("Circuit:FirstBreak", "7s")]
    [InlineData("Circuit:LongestBreak", "90s")]
    public void A_setting_of_a_service_is_what_it_is_asked_by(string option, string value)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Stitcher:Services:0:Name", "a"), new("Stitcher:Services:0:Resilience:" + option, value)]).Build();
        var errors = new List<string>();
        var asked = ResilienceSettings.From(Assert.Single(StitcherOptionsReader.Read(settings, errors).Services).Resilience);

        Assert.Empty(errors);
        var usual = ResilienceSettings.Default;
        Assert.Equal(
            option switch
            {
                "Retry" => usual with { Retry = false },
                "RetryPercent" => usual with { RetryPercent = 33 },
                "RetryMinimum" => usual with { RetryMinimum = 7 },
                "Concurrency" => usual with { Concurrency = 11 },
                "FallbackConcurrency" => usual with { FallbackConcurrency = 5 },
                "Hedge" => usual with { Hedge = true },
                "HedgeDelay" => usual with { HedgeDelay = TimeSpan.FromMilliseconds(90) },
                "Circuit:FailurePercent" => usual with { FailureRatio = 0.25 },
                "Circuit:MinimumCalls" => usual with { MinimumCalls = 21 },
                "Circuit:Sampling" => usual with { Sampling = TimeSpan.FromSeconds(20) },
                "Circuit:FirstBreak" => usual with { FirstBreak = TimeSpan.FromSeconds(7) },
                _ => usual with { LongestBreak = TimeSpan.FromSeconds(90) },
            },
            asked);
    }
}
