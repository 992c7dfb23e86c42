using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

public sealed class FailedStartTests
{
    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_sentence()
    {
        await using var other = await ScriptedService.StartAsync();
        var (code, output) = await GatewayProcess.RunToEndAsync(setup => setup.Page("/", "<p>page</p>"), url: other.Address);

        Assert.Equal(1, code);
        Assert.Contains($"Stitcher cannot start: Failed to bind to address {other.Address.TrimEnd('/')}: address already in use.", output, StringComparison.Ordinal);
    }
}
