using CsCheck;
using Stitcher.Configuration;
using Xunit;

namespace Stitcher.Tests.Configuration;

public sealed class DurationTests
{
    [Theory]
    [InlineData("800ms", 800)]
    [InlineData("2s", 2_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData(" 1m ", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData("00:00:02", 2_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("0s", 0)]
    public void A_time_is_written_as_people_or_as_the_framework_write_it(string text, double milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(milliseconds, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("s")]
    [InlineData("-2s")]
    [InlineData("2 minutes")]
    [InlineData("1,5s")]
    [InlineData("2S")]
    [InlineData("soon")]
    [InlineData("1e9d")]
    [InlineData("99999999999999999999h")]
    public void A_time_without_a_unit_or_with_anything_else_is_refused(string text) =>
        Assert.False(Duration.TryParse(text, out _));

    [Fact]
    public void A_time_that_was_written_reads_as_itself() =>
        Gen.Int[0, int.MaxValue].Select(milliseconds => TimeSpan.FromMilliseconds(milliseconds))
            .Sample(duration => Duration.TryParse(Duration.Format(duration), out var again) && again == duration);
}
