using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Stitcher.TestKit;
using Xunit;

namespace Stitcher.Gateway.Tests;

/// <summary>A page of two slots: one of the service whose faults a test is about, one of a sound neighbour that must not notice them.</summary>
internal sealed partial class PageOfTwo : IAsyncDisposable
{
    private readonly ScriptedService _neighbour;

    // The host itself complains at start, since it is no program of its own.
    private readonly int _atStart;

    private PageOfTwo(GatewayUnderTest gateway, ScriptedService neighbour)
    {
        Gateway = gateway;
        _neighbour = neighbour;
        _atStart = gateway.Log.Records.Count;
    }

    public GatewayUnderTest Gateway { get; }

    /// <param name="address">The service's address.</param>
    /// <param name="timeout">Its slot's time.</param>
    /// <param name="write">Further settings; <c>With</c> is about the service.</param>
    public static async Task<PageOfTwo> StartAsync(string address, string timeout = "8s", Action<GatewaySetup>? write = null)
    {
        var neighbour = await ScriptedService.StartAsync();
        neighbour.Answers("/y", "<p>neighbour</p>");
        var gateway = await GatewayUnderTest.StartAsync(setup =>
        {
            setup
                .Service("neighbour", neighbour.Address, "Y=/y")
                .Service("service", address, "X=/x")
                .Page(
                    "/",
                    $"<main><fragment src=\"service/X\" timeout=\"{timeout}\"><p>own content</p></fragment></main><aside><fragment src=\"neighbour/Y\" timeout=\"8s\"></fragment></aside>",
                    ("Deadline", "10s"));
            write?.Invoke(setup);
        });
        return new PageOfTwo(gateway, neighbour);
    }

    /// <summary>Asks for the page, which must be whole whatever the service did, and tells what stands in its slot.</summary>
    public async Task<string> AskAsync()
    {
        using var page = await RawPage.RequestAsync(Gateway.Address, "/");
        await page.ReadToEndAsync();
        Assert.Equal((int)HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain(page.Head, character => char.IsControl(character) && character is not ('\r' or '\n'));
        Assert.Contains("<aside><p>neighbour</p></aside>", page.Body, StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(Gateway.Log.Records.Skip(_atStart), record => record.Level >= LogLevel.Error);
        return Slot().Match(page.Body).Groups[1].Value;
    }

    /// <summary>Asks twice; both times the slot must show its own content, and the reason must be told.</summary>
    public async Task AssertFailsAsync(params string[] told)
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("<p>own content</p>", await AskAsync());
        }

        var text = (await Gateway.Log.FirstAsync("PageDegraded")).Text;
        Assert.Contains("service/X", text, StringComparison.Ordinal);
        Assert.All(told, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await _neighbour.DisposeAsync();
    }

    [GeneratedRegex("<main>(.*?)</main>", RegexOptions.Singleline)]
    private static partial Regex Slot();
}
